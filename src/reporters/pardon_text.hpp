// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"
#include "reporters/style.hpp"

#include <string>

namespace reporters {

// The waived findings, a line each with the reason; how many a baseline knows (a line each with
// `all`); waivers and entries that are expired or matched nothing. Empty when there is none of it.
std::string pardons_text(const core::Report& report, const Style& style, bool all);

}  // namespace reporters
