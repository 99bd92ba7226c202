// SPDX-License-Identifier: Apache-2.0
#include "base/process_family.hpp"
#include "base/process_guard.hpp"
#include "base/process_proc.hpp"
#include "base/process_spawn.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fmt/core.h>

namespace base {

namespace {

std::uint64_t max_rss_bytes(const rusage& usage) {
#ifdef __APPLE__
  return static_cast<std::uint64_t>(usage.ru_maxrss);
#else
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
#endif
}

// Waits for the end of a child but leaves it to be reaped.
void wait_for_end(pid_t pid) noexcept {
  siginfo_t info = {};
  while (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
}

Fd open_pidfd(pid_t pid) {
#ifdef SYS_pidfd_open
  return Fd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
#else
  static_cast<void>(pid);
  return {};
#endif
}

}  // namespace

Program::~Program() {
  if (pid_ < 0 || reaped_) return;
  kill();
  reap(true);
}

Result<void> Program::own(pid_t pid, std::uint64_t memory_limit) {
  pid_ = pid;
  memory_limit_ = memory_limit;
  started_ = process_stat(pid).start_ticks;
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  inherited_peak_ = max_rss_bytes(usage);
  exit_fd_ = open_pidfd(pid);
  if (exit_fd_) return {};
  // No pidfd (macOS, Linux before 5.3): a thread waits and closes its end of a pipe.
  FSIM_ASSIGN(Pipe pipe, make_pipe());
  exit_fd_ = std::move(pipe.read);
  try {
    exit_waiter_ = std::thread([pid, end = std::move(pipe.write)] { wait_for_end(pid); });
  } catch (const std::system_error& error) {
    return fail(ErrorKind::environment, fmt::format("cannot start a thread: {}", error.what()));
  }
  return {};
}

bool Program::has_ended() const noexcept {
  pollfd watched = {exit_fd_.get(), POLLIN, 0};
  return poll(&watched, 1, 0) > 0;
}

void Program::kill() const {
  signal_family(pid_, SIGKILL);
}

void Program::pause() const {
  signal_family(pid_, SIGSTOP);
}

void Program::resume() const {
  signal_family(pid_, SIGCONT);
}

ExitStatus Program::reap(bool kill_orphans) {
  wait_for_end(pid_);
  if (exit_waiter_.joinable()) exit_waiter_.join();
  int ended = 0;
  rusage usage = {};
  {
    const std::lock_guard lock(family_mutex());
    unregister_child(pid_);
    forget_group(pid_);
    while (wait4(pid_, &ended, 0, &usage) < 0 && errno == EINTR) {
    }
    reaped_ = true;
  }
  settle_orphans(started_, kill_orphans);
  ExitStatus status;
  if (WIFSIGNALED(ended)) status.signal = WTERMSIG(ended);
  if (WIFEXITED(ended)) status.code = WEXITSTATUS(ended);
  status.out_of_memory = out_of_memory_;
  // Linux counts our own peak into that of a child, because the child was a copy of us before its
  // exec. So the system's figure says something only when it is higher than ours.
  const std::uint64_t counted = max_rss_bytes(usage);
  status.peak_memory_bytes = counted > inherited_peak_ ? std::max(counted, seen_peak_) : seen_peak_;
  return status;
}

void Program::look_at_memory() {
  std::uint64_t used = resident_bytes(pid_);
  for (const pid_t pid : descendants_of(pid_)) used += resident_bytes(pid);
  seen_peak_ = std::max({seen_peak_, used, peak_resident_bytes(pid_)});
  if (memory_limit_ == 0 || used <= memory_limit_ || out_of_memory_) return;
  out_of_memory_ = true;
  kill();
}

std::string ExitStatus::text() const {
  if (signal == 0) return fmt::format("exit status {}", code);
  // The names that Go gives them, since Lambda's runtime supervisor is written in Go.
  switch (signal) {
    case SIGHUP: return "signal: hangup";
    case SIGINT: return "signal: interrupt";
    case SIGQUIT: return "signal: quit";
    case SIGILL: return "signal: illegal instruction";
    case SIGTRAP: return "signal: trace/breakpoint trap";
    case SIGABRT: return "signal: aborted";
    case SIGBUS: return "signal: bus error";
    case SIGFPE: return "signal: floating point exception";
    case SIGKILL: return "signal: killed";
    case SIGSEGV: return "signal: segmentation fault";
    case SIGPIPE: return "signal: broken pipe";
    case SIGALRM: return "signal: alarm clock";
    case SIGTERM: return "signal: terminated";
    default: return fmt::format("signal: signal {}", signal);
  }
}

}  // namespace base
