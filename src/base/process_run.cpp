// SPDX-License-Identifier: Apache-2.0
#include "base/line_splitter.hpp"
#include "base/process.hpp"
#include "base/process_watch.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace base {

namespace {

using std::chrono::steady_clock;

// How much one stream may move before the others and the deadline are looked at again.
constexpr std::size_t kTurn = 4u << 20;
constexpr std::size_t kPiece = 256u << 10;

SteadyTime deadline_of(std::chrono::milliseconds timeout) {
  constexpr std::chrono::hours kForever{24 * 365};
  if (timeout.count() <= 0) return SteadyTime::max();
  return steady_clock::now() + std::min<std::chrono::milliseconds>(timeout, kForever);
}

// One call of `run`.
class Runner {
 public:
  Runner(Program& program, const RunOptions& options)
      : program_(program), options_(options), watch_(program, options.stop) {}

  Completed run() {
    const SteadyTime deadline = deadline_of(options_.timeout);
    if (options_.input.empty()) program_.input.reset();
    while (!watch_.finished()) {
      const ProgramWatch::Events events = watch_.wait(deadline);
      if (events.input) write_input();
      if (events.output) read_output();
      if (events.errors) read_errors();
      if (events.bell) stop();
      if (!killed_ && !watch_.ended() && steady_clock::now() >= deadline) {
        kill(done_.timed_out);
      }
    }
    lines_.finish(options_.on_stderr);
    done_.status = program_.reap(killed_ || watch_.cut());
    return std::move(done_);
  }

 private:
  void kill(bool& reason) {
    if (killed_) return;
    reason = true;
    killed_ = true;
    program_.kill();
  }

  void stop() {
    watch_.ignore_bell();
    if (!watch_.ended()) kill(done_.stopped);
  }

  void write_input() {
    while (written_ < options_.input.size()) {
      const ssize_t count = ::write(program_.input.get(), options_.input.data() + written_,
                                    options_.input.size() - written_);
      if (count >= 0) {
        written_ += static_cast<std::size_t>(count);
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        return;
      } else if (errno != EINTR) {
        break;  // the program does not read it; that is its own affair
      }
    }
    program_.input.reset();
  }

  void read_output() {
    std::size_t got = 0;
    for (std::size_t moved = 0; moved < kTurn; moved += got) {
      char* to = done_.output.prepare(kPiece);
      const ReadResult result = read_pipe(program_.output.get(), to, kPiece, got);
      if (result == ReadResult::closed) program_.output.reset();
      if (result != ReadResult::more) return;
      const std::uint64_t room = options_.max_output - done_.output.size();
      done_.output.commit(static_cast<std::size_t>(std::min<std::uint64_t>(got, room)));
      if (got > room) kill(done_.output_too_large);
    }
  }

  void read_errors() {
    char bytes[64 << 10];
    std::size_t got = 0;
    for (std::size_t moved = 0; moved < kTurn; moved += got) {
      const ReadResult result = read_pipe(program_.errors.get(), bytes, sizeof bytes, got);
      if (result == ReadResult::closed) program_.errors.reset();
      if (result != ReadResult::more) return;
      lines_.feed({bytes, got}, options_.on_stderr);
    }
  }

  Program& program_;
  const RunOptions& options_;
  ProgramWatch watch_;
  LineSplitter lines_;
  Completed done_;
  std::size_t written_ = 0;
  bool killed_ = false;
};

}  // namespace

Result<Completed> run(const ProcessSpec& spec, const RunOptions& options) {
  FSIM_ASSIGN(const std::unique_ptr<Program> program, spawn(spec, true));
  return Runner(*program, options).run();
}

}  // namespace base
