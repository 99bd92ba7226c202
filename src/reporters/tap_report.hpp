// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"

#include <string>

namespace reporters {

// The Test Anything Protocol, version 14 (https://testanything.org/tap-version-14-specification):
// a line for each check, each finding and each page and fault of `chaos`, diagnostics in YAML. A
// finding that does not count is a TODO. The exit code stands in a comment at the end.
std::string tap_report(const core::Report& report);

}  // namespace reporters
