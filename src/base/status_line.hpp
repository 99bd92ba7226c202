// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace base {

// "12s", "3m 12s": how long something has lasted, for a line that moves each second.
std::string lasted(std::chrono::seconds time);

// The lines of a terminal, with one at the bottom that comes and goes: what a call that takes long
// is doing. Where the descriptor is no terminal, the bottom line is never shown. Any thread may
// call.
class StatusLine {
 public:
  // Writes these bytes at once.
  using Write = std::function<void(std::string_view)>;

  explicit StatusLine(int descriptor);
  StatusLine(int descriptor, bool moving);     // as if `descriptor` were a terminal, or not
  StatusLine(Write write, std::size_t width);  // a terminal with so many columns, written to so
  ~StatusLine();                               // clears
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  // Replaces the bottom line; it is shortened to the width and control characters are made visible.
  void show(std::string_view text);
  void clear();
  bool moves() const noexcept { return moving_; }  // whether a bottom line is ever shown
  // Writes `line` and a line end above the bottom line, as it is.
  void print(std::string_view line);

 private:
  std::mutex mutex_;
  const Write write_;
  const std::function<std::size_t()> width_;
  const bool moving_;
  std::string shown_;
};

}  // namespace base
