// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "reporters/style.hpp"

#include <span>
#include <string>

namespace reporters {

// A finding in full: rule, place, message, evidence, fix and how to see it again, indented by two.
std::string finding_text(const core::Finding& finding, const Style& style);

// "1 error, 2 warnings, 3 notes, 1 waived, 2 known", or "no findings".
std::string findings_summary(std::span<const core::Finding> findings);

}  // namespace reporters
