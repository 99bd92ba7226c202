// SPDX-License-Identifier: Apache-2.0
#include "base/signals.hpp"

#include "base/process.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>

namespace base {
namespace {

std::atomic<int> first_signal{0};

// Only async-signal-safe calls: an atomic exchange, kill_all_children, _exit.
void on_signal(int number) {
  int none = 0;
  if (first_signal.compare_exchange_strong(none, number)) return;
  kill_all_children();
  ::_exit(128 + number);
}

}  // namespace

void watch_interrupts() {
  struct sigaction action = {};
  sigemptyset(&action.sa_mask);
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, nullptr);
}

int interrupt_signal() noexcept {
  return first_signal.load();
}

}  // namespace base
