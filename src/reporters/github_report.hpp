// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"

#include <string>

namespace reporters {

// Workflow commands for a GitHub job: ::error, ::warning and ::notice for findings of these
// severities that nobody pardoned. GitHub shows ten of a kind in a step and drops the others
// silently: so of more than ten, nine and one that sums up.
std::string github_report(const core::Report& report);

// What a step appends to its summary, at most `bytes` of it: the report in Markdown. GitHub drops a
// summary above 1 MiB as a whole. Empty when nothing fits.
std::string github_summary(const core::Report& report, std::size_t bytes);

}  // namespace reporters
