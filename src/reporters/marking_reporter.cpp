// SPDX-License-Identifier: Apache-2.0
#include "reporters/marking_reporter.hpp"

namespace reporters {

void MarkingReporter::on_event(const core::Event& event) {
  const auto* raised = std::get_if<core::FindingRaised>(&event);
  if (raised == nullptr || !mark_) return next_.on_event(event);
  core::FindingRaised marked = *raised;
  mark_(marked.finding);
  next_.on_event(marked);
}

}  // namespace reporters
