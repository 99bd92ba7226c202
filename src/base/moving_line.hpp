// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/status_line.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace base {

// A status line that moves by itself while something takes long: a thread of its own asks four
// times a second what to show. Where no line is shown, there is no thread. Keep it as the last
// member, since `text` looks at the others until it is destroyed; the line is gone then.
class MovingLine {
 public:
  // What to show now; empty: as it is. Called under the lock.
  using Text = std::function<std::string(std::chrono::steady_clock::time_point now)>;

  // `wanted`: false for no line at all.
  MovingLine(int descriptor, bool wanted, Text text);
  MovingLine(StatusLine::Write write, std::size_t width, bool wanted, Text text);
  ~MovingLine();
  MovingLine(const MovingLine&) = delete;
  MovingLine& operator=(const MovingLine&) = delete;

  // For changing what `text` looks at.
  [[nodiscard]] std::unique_lock<std::mutex> lock() { return std::unique_lock(mutex_); }
  // The same, and the line is off the screen until the lock ends, so that others can write.
  [[nodiscard]] std::unique_lock<std::mutex> pause();

 private:
  void begin();
  void tick();

  StatusLine line_;
  const Text text_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ends_ = false;
  std::thread ticker_;
};

}  // namespace base
