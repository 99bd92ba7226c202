// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"

#include <string>
#include <string_view>

namespace reporters {

// The report as one page that needs no network: to read on a screen of any size or on paper.
// Without JavaScript all can be read; with it there are filters, links into what is folded up and
// buttons to copy commands. `version` is this program's. Secrets are taken out before (`redacted`).
std::string html_report(const core::Report& report, std::string_view version);

}  // namespace reporters
