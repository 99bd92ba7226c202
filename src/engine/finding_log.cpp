// SPDX-License-Identifier: Apache-2.0
#include "engine/finding_log.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace engine {

void FindingLog::add(std::vector<core::Finding> findings, int sync, int call) {
  for (core::Finding& finding : findings) {
    finding.sync = sync;
    finding.call = call;
    const auto [entry, is_new] =
        index_.try_emplace({finding.rule, finding.table}, findings_.size(), std::uint64_t{1});
    if (is_new) {
      reporter_.on_event(core::FindingRaised{finding});
      findings_.push_back(std::move(finding));
      continue;
    }
    auto& [at, occurrences] = entry->second;
    core::Finding& first = findings_[at];
    first.count += finding.count;
    first.severity = std::max(first.severity, finding.severity);
    if (++occurrences > kOccurrencesShown) continue;
    first.evidence.push_back(fmt::format("again in call {}: {}", call, finding.message));
    std::ranges::move(finding.evidence, std::back_inserter(first.evidence));
  }
}

core::Severity FindingLog::worst() const noexcept {
  core::Severity worst = core::Severity::off;
  for (const core::Finding& finding : findings_) worst = std::max(worst, finding.severity);
  return worst;
}

}  // namespace engine
