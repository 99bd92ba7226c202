// SPDX-License-Identifier: Apache-2.0
#include "base/process_family.hpp"

#include "base/process.hpp"
#include "base/process_guard.hpp"
#include "base/process_proc.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace base {

namespace {

// A signal handler reads it, so: fixed size, no lock.
constexpr std::size_t kMostChildren = 256;
std::array<std::atomic<pid_t>, kMostChildren> running_children{};
static_assert(std::atomic<pid_t>::is_always_lock_free);

// Orphans that outlived their program and were left alone; they wait for us to reap them. Guarded
// by family_mutex().
std::vector<pid_t>& adopted() {
  static std::vector<pid_t> orphans;
  return orphans;
}

bool is_registered(pid_t pid) noexcept {
  return std::any_of(running_children.begin(), running_children.end(),
                     [pid](const auto& child) { return child.load() == pid; });
}

bool any_registered() noexcept {
  return std::any_of(running_children.begin(), running_children.end(),
                     [](const auto& child) { return child.load() != 0; });
}

void change_disposition(int signal, void (*from)(int), void (*to)(int)) noexcept {
  struct sigaction now = {};
  if (sigaction(signal, nullptr, &now) != 0 || now.sa_handler != from) return;
  now.sa_handler = to;
  sigaction(signal, &now, nullptr);
}

void reap_adopted() {
  auto& orphans = adopted();
  const auto ended = [](pid_t pid) { return waitpid(pid, nullptr, WNOHANG) != 0; };
  orphans.erase(std::remove_if(orphans.begin(), orphans.end(), ended), orphans.end());
}

// Enters orphans that came to us from a program which began at `since`. The caller's own children
// that base did not start (there are none in fivetran-sim) are older or have no such parent.
void adopt(std::uint64_t since) {
  auto& orphans = adopted();
  for (const pid_t pid : children_of(getpid())) {
    const bool known = std::find(orphans.begin(), orphans.end(), pid) != orphans.end();
    if (known || pid == guard_pid() || is_registered(pid) || process_stat(pid).start_ticks < since)
      continue;
    orphans.push_back(pid);
  }
}

// False when there was none to kill.
bool kill_adopted(std::uint64_t since) {
  bool any = false;
  for (const pid_t pid : adopted()) {
    if (process_stat(pid).start_ticks < since) continue;
    for (const pid_t descendant : descendants_of(pid)) ::kill(descendant, SIGKILL);
    ::kill(pid, SIGKILL);
    any = true;
  }
  return any;
}

}  // namespace

std::mutex& family_mutex() {
  static std::mutex mutex;
  return mutex;
}

bool register_child(pid_t pid) noexcept {
  for (auto& child : running_children) {
    pid_t free = 0;
    if (child.compare_exchange_strong(free, pid)) return true;
  }
  return false;
}

void unregister_child(pid_t pid) noexcept {
  for (auto& child : running_children) {
    pid_t mine = pid;
    if (child.compare_exchange_strong(mine, 0)) return;
  }
}

void kill_all_children() noexcept {
  for (const auto& child : running_children) {
    if (const pid_t pid = child.load(); pid > 0) ::kill(-pid, SIGKILL);
  }
}

void prepare_process() noexcept {
  static std::once_flag once;
  std::call_once(once, [] {
    change_disposition(SIGPIPE, SIG_DFL, SIG_IGN);
    change_disposition(SIGCHLD, SIG_IGN, SIG_DFL);
#ifdef __linux__
    prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
  });
}

void signal_family(pid_t leader, int signal) {
  // Read first: when a process dies its children get another parent.
  const std::vector<pid_t> others = descendants_of(leader);
  ::kill(-leader, signal);
  ::kill(leader, signal);
  for (const pid_t pid : others) ::kill(pid, signal);
}

void settle_orphans(std::uint64_t since, bool kill) {
  const std::lock_guard lock(family_mutex());
  reap_adopted();
  adopt(since);
  if (!kill || any_registered()) return;
  // Each round kills one generation: the children of the killed become ours.
  constexpr int kMostRounds = 50;
  for (int round = 0; round < kMostRounds && kill_adopted(since); ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    reap_adopted();
    adopt(since);
  }
}

}  // namespace base
