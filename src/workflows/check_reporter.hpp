// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/reporter.hpp"

#include <functional>
#include <utility>

namespace workflows {

// Passes on what happens in one check of a suite: findings know of which one they are, and of a
// probe, whose calls are no sync, nothing but the findings that are asked for and the cells of a
// matrix is told.
class CheckReporter final : public core::Reporter {
 public:
  using Wanted = std::function<bool(const core::Finding&)>;
  CheckReporter(core::Reporter& next, int check, Wanted wanted = {})
      : next_(next), check_(check), wanted_(std::move(wanted)) {}

  void on_event(const core::Event& event) override;

 private:
  core::Reporter& next_;
  int check_;
  Wanted wanted_;  // none: all, and all other events
};

}  // namespace workflows
