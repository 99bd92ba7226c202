// SPDX-License-Identifier: Apache-2.0
#include "workflows/pardons.hpp"

#include "base/glob.hpp"
#include "protocol/finding_place.hpp"

#include <algorithm>
#include <utility>

namespace workflows {
namespace {

using core::Finding;
using core::KnownFinding;
using core::Pardon;
using core::WaiverFate;
using core::WaiverUse;

bool same_place(const KnownFinding& a, const KnownFinding& b) {
  return a.rule == b.rule && a.table == b.table && a.at == b.at;
}

}  // namespace

Pardons::Pardons(std::vector<WaiverUse> waivers, std::optional<Baseline> baseline,
                 std::string today, std::function<std::string(std::string_view)> redact)
    : waivers_(std::move(waivers)),
      baseline_(std::move(baseline)),
      today_(std::move(today)),
      redact_(std::move(redact)) {}

bool Pardons::matches(const WaiverUse& waiver, const Finding& finding) const {
  return waiver.rule == finding.rule &&
         (waiver.table.empty() || base::glob_matches(waiver.table, finding.table));
}

std::vector<KnownFinding> Pardons::places(const Finding& finding) const {
  const std::vector<std::string> shapes = protocol::places_of(finding);
  std::vector<KnownFinding> all;
  all.reserve(shapes.size());
  for (const std::string& shape : shapes)
    all.push_back({.rule = finding.rule, .table = redact_(finding.table), .at = redact_(shape)});
  return all;
}

const KnownFinding* Pardons::entry(const KnownFinding& place) const {
  for (const KnownFinding& known : baseline_->findings)
    if (same_place(known, place)) return &known;
  return nullptr;
}

void Pardons::mark(Finding& finding) const {
  for (const WaiverUse& waiver : waivers_) {
    if (is_over(waiver.expires) || !matches(waiver, finding)) continue;
    finding.pardon = Pardon::waived;
    finding.pardon_reason = waiver.reason;
    return;
  }
  if (!baseline_) return;
  std::string reason;
  for (const KnownFinding& place : places(finding)) {
    const KnownFinding* known = entry(place);
    if (known == nullptr || is_over(known->expires)) return;
    if (reason.empty()) reason = known->reason;
  }
  finding.pardon = Pardon::known;
  finding.pardon_reason = std::move(reason);
}

void Pardons::take_in(const core::Report& report, core::Severity from_severity) {
  std::vector<KnownFinding> taken;
  for (const Finding& finding : report.findings) {
    if (finding.pardon == Pardon::waived || finding.severity < from_severity) continue;
    for (KnownFinding& place : places(finding)) {
      if (const KnownFinding* before = entry(place); before != nullptr && !is_over(before->expires))
        place = *before;
      if (std::ranges::none_of(taken, [&](const auto& one) { return same_place(one, place); }))
        taken.push_back(std::move(place));
    }
  }
  baseline_->findings = std::move(taken);
}

core::BaselineUse Pardons::baseline_use(const core::Report& report) const {
  core::BaselineUse use;
  use.file = baseline_->file;
  use.written = baseline_->rewrite;
  std::vector<KnownFinding> seen;
  for (const Finding& finding : report.findings) {
    if (finding.pardon == Pardon::known) ++use.known;
    std::ranges::move(places(finding), std::back_inserter(seen));
  }
  for (const KnownFinding& known : baseline_->findings) {
    if (is_over(known.expires)) {
      use.expired.push_back(known);
    } else if (std::ranges::none_of(seen, [&](const auto& s) { return same_place(s, known); })) {
      use.stale.push_back(known);
    }
  }
  return use;
}

void Pardons::conclude(core::Report& report, core::Severity from_severity) {
  for (Finding& finding : report.findings) mark(finding);
  if (baseline_ && baseline_->rewrite) {
    take_in(report, from_severity);
    for (Finding& finding : report.findings) mark(finding);
  }
  for (WaiverUse& waiver : waivers_) {
    waiver.findings = static_cast<std::uint64_t>(std::ranges::count_if(
        report.findings, [&](const Finding& finding) { return matches(waiver, finding); }));
    waiver.fate = is_over(waiver.expires) ? WaiverFate::expired
                  : waiver.findings == 0  ? WaiverFate::stale
                                          : WaiverFate::used;
  }
  report.waivers = waivers_;
  if (baseline_) report.baseline = baseline_use(report);
}

const Baseline* Pardons::to_write() const {
  return baseline_ && baseline_->rewrite ? &*baseline_ : nullptr;
}

}  // namespace workflows
