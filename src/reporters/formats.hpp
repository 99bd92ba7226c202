// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"
#include "core/rule.hpp"

#include <span>
#include <string>
#include <string_view>

namespace reporters {

// What a format tells beside the report.
struct FormatContext {
  std::string version;                    // of this program
  std::span<const core::RuleInfo> rules;  // the catalogue
};

// A format that is made from a finished report, as a whole.
struct Format {
  std::string_view name;
  std::string (*make)(const core::Report&, const FormatContext&);
};

// junit, sarif, github, …: a line each. human and ndjson are none of them: they tell as it goes.
std::span<const Format> formats();
// Null when there is none of that name.
const Format* find_format(std::string_view name);

}  // namespace reporters
