// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/process.hpp"

#include <memory>
#include <string>
#include <thread>

namespace base {

// A program that has been started, as the one who has to kill and reap it sees it. The thread that
// spawned it must outlive it (see launch).
class Program {
 public:
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();  // kills and reaps it unless that was done

  pid_t pid() const noexcept { return pid_; }
  // Becomes readable once the program has ended.
  int exit_fd() const noexcept { return exit_fd_.get(); }
  bool has_ended() const noexcept;
  // Kills it and everything that it started. Not after `reap`.
  void kill() const;
  // Stops it and everything that it started, and lets them go on. Not after `reap`.
  void pause() const;
  void resume() const;
  // Waits for its end and reaps it. With `kill_orphans` what left its group is ended as well.
  ExitStatus reap(bool kill_orphans);
  // To be called now and then while it runs: notes its memory, and kills it over the limit.
  void look_at_memory();

  Fd input;  // our ends of its pipes, non-blocking; `input` is not set when its stdin is /dev/null
  Fd output;
  Fd errors;

 private:
  friend Result<std::unique_ptr<Program>> spawn(const ProcessSpec& spec, bool with_input);
  Program() = default;
  // Takes charge of a started program.
  Result<void> own(pid_t pid, std::uint64_t memory_limit);

  pid_t pid_ = -1;
  bool reaped_ = false;
  bool out_of_memory_ = false;
  std::uint64_t started_ = 0;  // ticks since boot
  std::uint64_t memory_limit_ = 0;
  std::uint64_t inherited_peak_ = 0;
  std::uint64_t seen_peak_ = 0;
  Fd exit_fd_;
  std::thread exit_waiter_;  // only where there is no pidfd
};

// Starts a program. Error (usage): it is missing, not executable or its interpreter is;
// (environment) the system refuses another process.
Result<std::unique_ptr<Program>> spawn(const ProcessSpec& spec, bool with_input);

// Why `program` could not be executed, with what to do; `error` is execve's errno.
Error explain_exec_failure(const std::string& program, int error);

}  // namespace base
