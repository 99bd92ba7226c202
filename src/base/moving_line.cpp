// SPDX-License-Identifier: Apache-2.0
#include "base/moving_line.hpp"

#include <system_error>
#include <utility>

namespace base {

MovingLine::MovingLine(int descriptor, bool wanted, Text text)
    : line_(descriptor), text_(std::move(text)) {
  if (wanted && line_.moves()) begin();
}

MovingLine::MovingLine(StatusLine::Write write, std::size_t width, bool wanted, Text text)
    : line_(std::move(write), width), text_(std::move(text)) {
  if (wanted) begin();
}

void MovingLine::begin() {
  try {
    ticker_ = std::thread([this] { tick(); });
  } catch (const std::system_error&) {
    // Without a thread there is no line; nobody's work needs it.
  }
}

MovingLine::~MovingLine() {
  {
    const auto paused = pause();
    ends_ = true;
  }
  ended_.notify_all();
  if (ticker_.joinable()) ticker_.join();
}

std::unique_lock<std::mutex> MovingLine::pause() {
  auto locked = lock();
  line_.clear();
  return locked;
}

void MovingLine::tick() {
  using namespace std::chrono_literals;
  auto locked = lock();
  while (!ended_.wait_for(locked, 250ms, [this] { return ends_; })) {
    const std::string now = text_(std::chrono::steady_clock::now());
    if (!now.empty()) line_.show(now);
  }
}

}  // namespace base
