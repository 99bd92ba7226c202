// SPDX-License-Identifier: Apache-2.0
#include "engine/finding_log.hpp"

#include "protocol/finding_place.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace engine {

FindingLog::Entry* FindingLog::entry_of(const core::Finding& finding) {
  auto& [entries, first] = index_[{finding.rule, finding.table}];
  if (const auto known = entries.find(finding.subject); known != entries.end())
    return &known->second;
  if (entries.size() >= kSubjects) return &entries.find(first)->second;
  if (entries.empty()) first = finding.subject;
  entries.emplace(finding.subject, Entry{findings_.size()});
  return nullptr;
}

void FindingLog::add_place(core::Finding& first, const core::Finding& finding) {
  std::string place = protocol::place_of(finding);
  if (first.places.size() >= kMostPlaces ||
      std::ranges::find(first.places, place) != first.places.end())
    return;
  first.places.push_back(std::move(place));
}

void FindingLog::add(std::vector<core::Finding> findings, int sync, int call) {
  for (core::Finding& finding : findings) {
    finding.sync = sync;
    finding.call = call;
    Entry* known = entry_of(finding);
    if (known == nullptr) {
      add_place(finding, finding);
      reporter_.on_event(core::FindingRaised{finding});
      findings_.push_back(std::move(finding));
      continue;
    }
    core::Finding& first = findings_[known->at];
    add_place(first, finding);
    first.count += finding.count;
    first.severity = std::max(first.severity, finding.severity);
    if (++known->occurrences > kOccurrencesShown) continue;
    first.evidence.push_back(fmt::format("again in call {}: {}", call, finding.message));
    std::ranges::move(finding.evidence, std::back_inserter(first.evidence));
    for (core::Collision& collision : finding.collisions)
      if (first.collisions.size() < kOccurrencesShown)
        first.collisions.push_back(std::move(collision));
  }
}

core::Severity FindingLog::worst() const noexcept {
  core::Severity worst = core::Severity::off;
  for (const core::Finding& finding : findings_) worst = std::max(worst, finding.severity);
  return worst;
}

}  // namespace engine
