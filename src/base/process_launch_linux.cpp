// SPDX-License-Identifier: Apache-2.0
#include "base/fd.hpp"
#include "base/process_guard.hpp"
#include "base/process_launch.hpp"

#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace base {

// posix_spawn cannot set the parent-death signal, and a wrapper program that does would cost
// another exec of this binary (about 10 ms) for each call. So this does what glibc's posix_spawn
// does: vfork with all signals blocked, because the child runs on our memory until its exec.
// https://man7.org/linux/man-pages/man2/vfork.2.html

namespace {

constexpr unsigned kCloseOnExec = 4;  // CLOSE_RANGE_CLOEXEC, linux/close_range.h, since Linux 5.11

[[noreturn]] void give_up(int report, Launched::Step step) noexcept {
  Launched failure;
  failure.failed_at = step;
  failure.error = errno;
  const ssize_t written = ::write(report, &failure, sizeof failure);
  _exit(written == sizeof failure ? 127 : 126);
}

// Handlers of ours must not run in the child, and what we ignore must not be ignored there.
void reset_signals() noexcept {
  struct sigaction standard = {};
  standard.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, &standard, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void become(const Launch& what, pid_t parent, int report) noexcept {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have gone before the line above took effect.
  if (getppid() != parent) _exit(127);
  announce_group(what.guard, getpid());
  if (dup2(what.input, STDIN_FILENO) < 0 || dup2(what.output, STDOUT_FILENO) < 0 ||
      dup2(what.errors, STDERR_FILENO) < 0) {
    give_up(report, Launched::Step::process);
  }
  syscall(SYS_close_range, static_cast<unsigned>(STDERR_FILENO + 1), ~0U, kCloseOnExec);
  if (what.folder != nullptr && chdir(what.folder) != 0) give_up(report, Launched::Step::folder);
  reset_signals();
  execve(what.path, what.argv, what.env);
  give_up(report, Launched::Step::program);
}

// The child shares this frame until it execs, so there is nothing here that it could disturb.
[[gnu::noinline]] pid_t split(const Launch& what, pid_t parent, int report) noexcept {
  const pid_t pid = vfork();
  if (pid == 0) become(what, parent, report);
  return pid;
}

// What the child wrote before it gave up; nothing when it became the program.
Launched read_report(int report) noexcept {
  Launched outcome;
  ssize_t got = 0;
  do {
    got = ::read(report, &outcome, sizeof outcome);
  } while (got < 0 && errno == EINTR);
  return got == sizeof outcome ? outcome : Launched{};
}

}  // namespace

Launched launch(const Launch& what) noexcept {
  Launched outcome;
  auto report = make_pipe();
  if (!report) {
    outcome.failed_at = Launched::Step::process;
    outcome.error = EMFILE;
    return outcome;
  }
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = split(what, getpid(), report->write.get());
  const int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (pid < 0) {
    outcome.failed_at = Launched::Step::process;
    outcome.error = error;
    return outcome;
  }
  report->write.reset();
  outcome = read_report(report->read.get());
  outcome.pid = pid;
  if (outcome.failed_at != Launched::Step::started) {
    forget_group(pid);
    waitpid(pid, nullptr, 0);
  }
  return outcome;
}

}  // namespace base
