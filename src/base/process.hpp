// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/padded_buffer.hpp"
#include "base/result.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// How to start a program. `argv[0]` is looked up on the PATH of `env` when it has no slash; a
// relative path in it means from our working folder, whatever `cwd` is. The program gets stdin,
// stdout and stderr, no other descriptor of ours, and default signal handling.
struct ProcessSpec {
  std::vector<std::string> argv;
  std::vector<std::string> env;    // "NAME=value", the whole environment of the child
  std::string cwd;                 // empty: ours
  std::uint64_t memory_limit = 0;  // bytes; 0: none. Over it the program and all that it started
                                   // are killed. Looked at every 50 ms, as RSS; Linux only
};

// How a process ended.
struct ExitStatus {
  int code = 0;                         // exit code, meaningful when signal == 0
  int signal = 0;                       // the signal that ended it, else 0
  std::uint64_t peak_memory_bytes = 0;  // highest RSS seen of all its processes; 0: none seen
  bool out_of_memory = false;           // killed over ProcessSpec::memory_limit
  bool ok() const noexcept { return code == 0 && signal == 0; }
  // "exit status 42" or "signal: killed", the words of Lambda's Runtime.ExitError.
  std::string text() const;
};

// A line that a child printed, without its line end. Lines over 64 KiB are cut into pieces.
using LineSink = std::function<void(std::string_view line)>;

// What a program that ran to its end gave.
struct Completed {
  PaddedBuffer output;  // stdout
  ExitStatus status;
  bool timed_out = false;         // killed at the deadline
  bool output_too_large = false;  // killed because stdout passed `max_output`; cut there
  bool stopped = false;           // killed because RunOptions::stop rang
};

struct RunOptions {
  std::string_view input;                // written to stdin, then closed
  std::chrono::milliseconds timeout{0};  // 0: none
  std::uint64_t max_output = UINT64_MAX;
  LineSink on_stderr;          // called on the calling thread
  const Bell* stop = nullptr;  // ring it from any thread to kill the program
};

// Runs a program in a process group of its own, feeds stdin while it drains stdout and stderr, and
// returns when it has ended. At the deadline, or when the program ended while a grandchild holds
// its pipes for more than 250 ms, the whole group is killed; on Linux also those that left the
// group. When we are killed ourselves, SIGKILL included, the group is killed too.
// Error: the program could not be started.
Result<Completed> run(const ProcessSpec& spec, const RunOptions& options);

// A child that lives over many calls: stdin is /dev/null, stdout and stderr are read by a thread of
// this object at all times, so that a full pipe never blocks the child.
class ChildProcess {
 public:
  // `on_line` is called on the reading thread for each line of stdout and stderr; `on_exit` once,
  // after the last line, when the child has ended (by itself or killed). What is then left of its
  // process group is killed. Neither may destroy this object.
  static Result<std::unique_ptr<ChildProcess>> start(const ProcessSpec& spec, LineSink on_line,
                                                     std::function<void(ExitStatus)> on_exit);
  ~ChildProcess();  // kills what still runs and joins the reader
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const noexcept;
  // Kills the process group and everything that left it. May be called from any thread, twice.
  void kill() noexcept;
  // Stops it and everything that it started in its tracks (SIGSTOP), as Lambda freezes a function
  // between calls; and lets them go on. From any thread; nothing once it has ended.
  void pause() noexcept;
  void resume() noexcept;
  // The status once the child has ended; it is there before `on_exit` is called.
  std::optional<ExitStatus> status() const;
  // Waits until the whole lines printed so far have arrived at `on_line`; at most `limit`.
  void drain(std::chrono::milliseconds limit);

 private:
  struct Impl;
  explicit ChildProcess(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Splits like a POSIX shell does words: blanks, '…', "…" and backslashes; nothing is expanded.
// Error (usage): an unclosed quote.
Result<std::vector<std::string>> split_words(std::string_view text);

// The full path of `program` on `path` (a PATH value), or none. A name with a slash is returned as
// it is when it is an executable file.
std::optional<std::string> find_program(std::string_view program, std::string_view path);

// Kills all children that are still alive; for the second Ctrl-C. Async-signal-safe.
void kill_all_children() noexcept;

}  // namespace base
