// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/reporter.hpp"

#include <mutex>
#include <vector>

namespace reporters {

// Passes each event on to all reporters, one event at a time, from whatever thread it comes. The
// reporters outlive it.
class FanOut final : public core::Reporter {
 public:
  void add(core::Reporter& reporter) { reporters_.push_back(&reporter); }
  void on_event(const core::Event& event) override;

 private:
  std::mutex mutex_;
  std::vector<core::Reporter*> reporters_;
};

}  // namespace reporters
