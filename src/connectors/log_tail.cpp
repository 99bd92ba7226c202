// SPDX-License-Identifier: Apache-2.0
#include "connectors/log_tail.hpp"

#include <iterator>
#include <utility>

namespace connectors {

void LogTail::add(std::string_view line) {
  {
    const std::lock_guard lock(mutex_);
    if (lines_.size() == core::RawResponse::kLogTail) lines_.pop_front();
    lines_.emplace_back(line);
    ++count_;
  }
  if (sink_) sink_(line);
}

void LogTail::move_to(core::RawResponse& raw) {
  const std::lock_guard lock(mutex_);
  raw.log_tail.assign(std::make_move_iterator(lines_.begin()),
                      std::make_move_iterator(lines_.end()));
  raw.log_lines = std::exchange(count_, 0);
  lines_.clear();
}

}  // namespace connectors
