// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace reporters {

// The finding that tells what a disturbed sync came to; null when none does: it is the same, or its
// rule was not selected.
const core::Finding* finding_of(const core::ChaosCell& cell, const core::ChaosMatrix& matrix,
                                const core::Report& report);
// The check of a suite that made a matrix; null where none did.
const core::Check* check_of(const core::ChaosMatrix& matrix, const core::Report& report);
// The connector that was disturbed.
const std::string& target_of(const core::ChaosMatrix& matrix, const core::Report& report);
// The cells that a finding tells of; empty for one that tells of something else.
std::vector<const core::ChaosCell*> cells_of(const core::Finding& finding,
                                             const core::Report& report);

// The line of a fault, page by page: "==-=".
std::string signs_of(const core::ChaosFault& fault, const core::ChaosMatrix& matrix);
// "2 rows lost: t id=2: lost; t id=3: lost", on one line.
std::string cell_message(const core::ChaosCell& cell);

// The faults and pages of a finding: "lost at page 1, 3; resync"; empty for one of something else.
std::string disturbances_of(const core::Finding& finding, const core::Report& report);

// "the same tables", "lost rows", …
std::string_view meaning_of(core::ChaosVerdict verdict);
// The verdicts that there are, from the same tables to the worst, then what was not done.
std::vector<core::ChaosVerdict> verdicts_in(const core::ChaosMatrix& matrix);
// Sentences beside the matrix: how much was tried, what was not compared, what is missing.
std::vector<std::string> chaos_notes(const core::ChaosMatrix& matrix);

}  // namespace reporters
