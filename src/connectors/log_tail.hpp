// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/connector.hpp"
#include "core/raw_response.hpp"

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>

namespace connectors {

// Passes a connector's output on, line by line, and keeps the last lines of the running call. Lines
// may come from any thread, also between calls: those count to the next one.
class LogTail {
 public:
  explicit LogTail(core::LogSink sink) : sink_(std::move(sink)) {}

  void add(std::string_view line);
  // Moves what came since the last call of this function into `raw`.
  void move_to(core::RawResponse& raw);

 private:
  core::LogSink sink_;
  std::mutex mutex_;
  std::deque<std::string> lines_;
  std::uint64_t count_ = 0;
};

}  // namespace connectors
