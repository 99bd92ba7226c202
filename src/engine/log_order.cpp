// SPDX-License-Identifier: Apache-2.0
#include "engine/log_order.hpp"

#include <utility>

namespace engine {

void LogOrder::on_line(std::string_view line) {
  const std::lock_guard lock(mutex_);
  if (held_)
    waiting_.emplace_back(line);
  else
    reporter_.on_event(core::LogLine{std::string(line)});
}

void LogOrder::hold() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

void LogOrder::release() {
  const std::lock_guard lock(mutex_);
  held_ = false;
  for (std::string& line : std::exchange(waiting_, {}))
    reporter_.on_event(core::LogLine{std::move(line)});
}

}  // namespace engine
