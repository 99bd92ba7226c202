// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace reporters {

// failed: a finding that counts. broken: it could not be tested, or ended badly without such a
// finding. noted: a finding that does not count: pardoned, or below --fail-on.
enum class CaseState { passed, failed, broken, noted, skipped };

// The report as a list of things that were tested, for formats that know only such lists.
struct Case {
  std::string target;
  std::string name;  // unique among those of its target; the same in the next run
  CaseState state = CaseState::passed;
  std::string message;  // one line; empty when passed
  std::chrono::microseconds duration{0};
  core::Source source;
  // These two live as long as the report.
  const core::Finding* finding = nullptr;
  const core::ChaosCell* cell = nullptr;
};

// Each check of a suite, or each sync and setup test where the command had no suite, then its
// findings, a case each. What has findings that count is shown by them, not by a case of its own.
// Of `chaos`, each page and fault is a case, "chaos: lost at page 3", and stands for the finding
// that tells of it: so there are as many failed cases as such pages and faults, and other findings,
// that count. A case is failed or broken exactly when the exit code is not 0.
std::vector<Case> cases_of(const core::Report& report);

// What a reader of a case that is failed or noted gets to see beside its message: evidence, fix,
// how to see it again.
std::string body_of(const Case& one);

// Where to look for what a finding says: at its check's source, else at the report's.
const core::Source& source_of(const core::Finding& finding, const core::Report& report);
const std::string& target_of(const core::Finding& finding, const core::Report& report);

// "ROW-04 duplicate-key-in-response in orders".
std::string title_of(const core::Finding& finding);
// Why a finding does not count: "waived: append-only", "known to the baseline", "below --fail-on".
std::string pardon_of(const core::Finding& finding);

}  // namespace reporters
