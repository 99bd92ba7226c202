// SPDX-License-Identifier: Apache-2.0
#include "base/process_guard.hpp"

#include "base/fd.hpp"
#include "base/process_mark.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <string_view>

namespace base {

namespace {

constexpr std::size_t kMostGroups = 256;

#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
constexpr int kSendFlags = MSG_DONTWAIT;  // macOS: SO_NOSIGPIPE is set on the socket
#endif

// Else whoever waits for the end of our output would wait for the guard as well.
void close_all_but(int kept) noexcept {
#ifdef SYS_close_range
  const auto number = static_cast<unsigned>(kept);
  if (syscall(SYS_close_range, 0U, number - 1, 0U) == 0 &&
      syscall(SYS_close_range, number + 1, ~0U, 0U) == 0) {
    return;
  }
#endif
  const long most = std::min(sysconf(_SC_OPEN_MAX), 65'536L);
  for (int fd = 0; fd < most; ++fd) {
    if (fd != kept) ::close(fd);
  }
}

// The whole life of the guard. It is a copy of a program with threads, so it may use nothing but
// async-signal-safe calls.
[[noreturn]] void guard_until_end(int socket, std::string_view mark) noexcept {
  setsid();  // out of reach of the terminal's Ctrl-C
  close_all_but(socket);
#ifdef __linux__
  prctl(PR_SET_NAME, "fsim-guard");
#endif
  pid_t groups[kMostGroups] = {};
  bool ended_well = false;
  while (true) {
    // A group that begins, or the negative of one that has ended; 0: the end, and nobody is left.
    pid_t message = 0;
    const ssize_t got = ::recv(socket, &message, sizeof message, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got != sizeof message) break;
    ended_well = message == 0;
    const pid_t wanted = message > 0 ? 0 : -message;
    pid_t* const slot = std::find(groups, groups + kMostGroups, wanted);
    if (slot != groups + kMostGroups) *slot = std::max(message, 0);
  }
  for (const pid_t group : groups) {
    if (group > 0) ::kill(-group, SIGKILL);
  }
  if (!ended_well) kill_marked(mark);
  _exit(0);
}

// All signals are blocked around the fork, so that the guard never runs a handler of ours.
pid_t fork_guard(int socket, std::string_view mark) noexcept {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = fork();
  if (pid == 0) guard_until_end(socket, mark);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return pid;
}

struct Guard {
  std::mutex mutex;
  pid_t owner = 0;  // a fork of us needs a guard of its own
  pid_t pid = 0;
  Fd socket;

  Guard() = default;
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard() {
    if (owner != getpid() || !socket) return;
    announce_group(socket.get(), 0);
    ::shutdown(socket.get(), SHUT_RDWR);
    waitpid(pid, nullptr, 0);
  }

  void start() {
    const std::lock_guard lock(mutex);
    if (owner == getpid()) return;
    owner = getpid();
    pid = 0;
    socket.reset();
    int ends[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return;
    Fd ours(ends[0]);
    const Fd theirs(ends[1]);
    fcntl(ours.get(), F_SETFD, FD_CLOEXEC);
    fcntl(theirs.get(), F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
    const int on = 1;
    setsockopt(ours.get(), SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    const pid_t started = fork_guard(theirs.get(), family_mark());
    if (started < 0) return;
    pid = started;
    socket = std::move(ours);
  }
};

Guard& the_guard() {
  static Guard guard;
  return guard;
}

}  // namespace

void start_guard() noexcept {
  the_guard().start();
}

pid_t guard_pid() noexcept {
  return the_guard().pid;
}

int guard_socket() noexcept {
  return the_guard().socket.get();
}

void announce_group(int guard_socket, pid_t group) noexcept {
  if (guard_socket >= 0) ::send(guard_socket, &group, sizeof group, kSendFlags);
}

void forget_group(pid_t group) noexcept {
  announce_group(guard_socket(), -group);
}

}  // namespace base
