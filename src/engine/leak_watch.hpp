// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/leak.hpp"
#include "core/raw_response.hpp"
#include "core/sync_response.hpp"
#include "protocol/redactor.hpp"

#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

namespace engine {

// Notices secrets in what a connector answers and prints. Log lines come from any thread; the
// others from the one that runs the sync.
class LeakWatch {
 public:
  explicit LeakWatch(protocol::SecretSearch watched) : watched_(std::move(watched)) {}

  void on_log(std::string_view line);
  // All leaks of a call: of its answer (null: it gave none), of the error that ended it, and of the
  // lines printed since the call before.
  std::vector<core::Leak> take(const core::RawResponse& raw, const core::SyncResponse* response);

 private:
  const protocol::SecretSearch watched_;
  std::mutex mutex_;  // guards what follows
  std::vector<core::Leak> logged_;
  std::uint64_t lines_ = 0;
};

}  // namespace engine
