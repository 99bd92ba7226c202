// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/process_spawn.hpp"

#include <chrono>
#include <optional>

namespace base {

using SteadyTime = std::chrono::steady_clock::time_point;

// Follows one program from its start until it has ended and its pipes are closed: one poll over the
// pipes, its end, a bell and the next deadline. The owner moves the bytes; this decides when the
// story is over. The pipes of `program` are closed by the owner when a read or write says so.
class ProgramWatch {
 public:
  struct Events {
    bool input = false;  // writable
    bool output = false;
    bool errors = false;
    bool bell = false;
  };

  ProgramWatch(Program& program, const Bell* bell) : program_(program), bell_(bell) {}

  // Waits for something to do, at most until `deadline`.
  Events wait(SteadyTime deadline);
  // The program has ended, and both output pipes are closed or were given up: who holds them 250 ms
  // after the end is killed.
  bool finished() const noexcept;
  bool ended() const noexcept { return phase_ != Phase::running; }
  // The pipes' holders had to be killed.
  bool cut() const noexcept { return phase_ == Phase::cut || phase_ == Phase::given_up; }
  void ignore_bell() noexcept { bell_ = nullptr; }

 private:
  enum class Phase { running, ended, cut, given_up };

  SteadyTime next_wake(SteadyTime deadline) const;
  void note_end(SteadyTime now);
  void advance(SteadyTime now, bool quiet);
  void look_at_memory(SteadyTime now);

  Program& program_;
  const Bell* bell_;
  Phase phase_ = Phase::running;
  SteadyTime phase_limit_{};  // when `ended` and `cut` are over
  SteadyTime next_look_{};
  std::chrono::milliseconds look_interval_{1};
};

enum class ReadResult { more, drained, closed };

// One read of at most `size` bytes from a non-blocking pipe; `got` tells how many came. An error
// counts as closed.
ReadResult read_pipe(int fd, char* to, std::size_t size, std::size_t& got) noexcept;

}  // namespace base
