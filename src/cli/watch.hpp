// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "core/report.hpp"

#include <string>

namespace cli {

// `run --watch`: a whole sync from {} (or --state) into tables that are thrown away, again after
// each change of the connector's files, with what changed since the run before. The stored
// warehouse stays as it is. Ends with Ctrl-C.
base::Result<core::ExitCode> watch_command(const Arguments& args);

// Findings that are new in `after` or gone from `before`, a line each; empty when none is.
std::string finding_changes(const core::Report& before, const core::Report& after);

}  // namespace cli
