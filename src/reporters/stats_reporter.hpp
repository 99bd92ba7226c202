// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/reporter.hpp"

#include <iosfwd>

namespace reporters {

// At the end of a run, a line for each sync that tells where its time went (core::SyncTimes), and a
// second one where pages were loaded behind the next call.
class StatsReporter final : public core::Reporter {
 public:
  explicit StatsReporter(std::ostream& err) : err_(err) {}
  void on_event(const core::Event& event) override;

 private:
  std::ostream& err_;
};

}  // namespace reporters
