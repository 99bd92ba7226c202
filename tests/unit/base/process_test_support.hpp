// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/process.hpp"
#include "base/process_proc.hpp"

#include <chrono>
#include <fstream>
#include <string>
#include <thread>

namespace process_test {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

inline base::ProcessSpec shell(std::string script) {
  return {{"/bin/sh", "-c", std::move(script)}, {"PATH=/usr/bin:/bin"}, {}, 0};
}

inline bool is_running(pid_t pid) {
  const char state = base::process_stat(pid).state;
  return state != 0 && state != 'Z';
}

// Waits until `condition` holds; false after ten seconds.
template <class Condition>
bool eventually(Condition condition) {
  const auto limit = Clock::now() + seconds(10);
  while (!condition()) {
    if (Clock::now() > limit) return false;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return true;
}

// The process id that a script wrote into `file` with `echo $! > file`; 0 while it has not.
inline pid_t pid_in(const std::string& file) {
  pid_t pid = 0;
  std::ifstream(file) >> pid;
  return pid;
}

inline bool ends(pid_t pid) {
  return eventually([pid] { return !is_running(pid); });
}

}  // namespace process_test
