// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"
#include "reporters/html_anchors.hpp"

#include <cstddef>
#include <string>

namespace reporters {

// The sections of the HTML report, each a whole element; empty when there is nothing to show.
std::string html_findings(const core::Report& report, const HtmlAnchors& anchors);
std::string html_checks(const core::Report& report);
std::string html_chaos(const core::Report& report);
std::string html_determinism(const core::Report& report);
std::string html_forecast(const core::Report& report);
std::string html_pardons(const core::Report& report);
std::string html_syncs(const core::Report& report, const HtmlAnchors& anchors);
std::string html_tables(const core::Report& report);

// Strips of bars: seconds, rows and bytes call by call, the bytes against `limit` (0: not known).
std::string html_timeline(const core::SyncReport& sync, std::uint64_t limit);

}  // namespace reporters
