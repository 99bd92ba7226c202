// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"

#include <cstddef>
#include <string>

namespace reporters {

// For a pull request: outcome, the checks of a suite, the matrix of `chaos`, a forecast, the syncs
// side by side (a first run and one that resumes), the findings. Markdown as GitHub and GitLab show
// it.
std::string markdown_report(const core::Report& report);

// The same in at most `bytes`: findings that do not fit are counted. Empty when not even its head
// fits.
std::string markdown_within(const core::Report& report, std::size_t bytes);

}  // namespace reporters
