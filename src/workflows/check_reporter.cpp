// SPDX-License-Identifier: Apache-2.0
#include "workflows/check_reporter.hpp"

namespace workflows {

void CheckReporter::on_event(const core::Event& event) {
  const auto* raised = std::get_if<core::FindingRaised>(&event);
  if (raised == nullptr) {
    const bool of_chaos = std::holds_alternative<core::CellFinished>(event);
    if (!wanted_ || of_chaos) next_.on_event(event);
    return;
  }
  if (wanted_ && !wanted_(raised->finding)) return;
  core::FindingRaised own = *raised;
  own.finding.check = check_;
  next_.on_event(own);
}

}  // namespace workflows
