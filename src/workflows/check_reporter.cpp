// SPDX-License-Identifier: Apache-2.0
#include "workflows/check_reporter.hpp"

namespace workflows {

void CheckReporter::on_event(const core::Event& event) {
  const auto* raised = std::get_if<core::FindingRaised>(&event);
  if (raised == nullptr) {
    if (!wanted_) next_.on_event(event);
    return;
  }
  if (wanted_ && !wanted_(raised->finding)) return;
  core::FindingRaised own = *raised;
  own.finding.check = check_;
  next_.on_event(own);
}

}  // namespace workflows
