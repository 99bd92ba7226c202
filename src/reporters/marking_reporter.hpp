// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/reporter.hpp"

#include <functional>
#include <utility>

namespace reporters {

// Lets `mark` add to each finding as it comes, before another reporter sees it. The report at the
// end goes on as it is.
class MarkingReporter final : public core::Reporter {
 public:
  using Mark = std::function<void(core::Finding&)>;
  MarkingReporter(Mark mark, core::Reporter& next) : mark_(std::move(mark)), next_(next) {}
  void on_event(const core::Event& event) override;

 private:
  Mark mark_;
  core::Reporter& next_;
};

}  // namespace reporters
