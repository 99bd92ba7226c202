// SPDX-License-Identifier: Apache-2.0
#include "base/status_line.hpp"

#include "base/terminal.hpp"
#include "base/text.hpp"
#include "base/whole_io.hpp"

#include <utility>

#include <fmt/format.h>

namespace base {

std::string lasted(std::chrono::seconds time) {
  return time < std::chrono::minutes(1) ? fmt::format("{}s", time.count()) : human_duration(time);
}

StatusLine::StatusLine(int descriptor) : StatusLine(descriptor, moves_cursor(descriptor)) {}

StatusLine::StatusLine(int descriptor, bool moving)
    : write_([descriptor](std::string_view bytes) { write_all(descriptor, bytes); }),
      width_([descriptor] { return terminal_width(descriptor); }),
      moving_(moving) {}

StatusLine::StatusLine(Write write, std::size_t width)
    : write_(std::move(write)), width_([width] { return width; }), moving_(true) {}

StatusLine::~StatusLine() {
  clear();
}

void StatusLine::show(std::string_view text) {
  if (!moving_) return;
  const std::lock_guard lock(mutex_);
  // One column stays free: a full line would make some terminals begin the next one.
  std::string line = elide_middle(text, width_() - 1);
  if (line == shown_) return;
  shown_ = std::move(line);
  write_("\r\x1B[K" + shown_);
}

void StatusLine::clear() {
  const std::lock_guard lock(mutex_);
  if (shown_.empty()) return;
  shown_.clear();
  write_("\r\x1B[K");
}

void StatusLine::print(std::string_view line) {
  const std::lock_guard lock(mutex_);
  std::string bytes = shown_.empty() ? "" : "\r\x1B[K";
  bytes.append(line).append("\n").append(shown_);
  write_(bytes);
}

}  // namespace base
