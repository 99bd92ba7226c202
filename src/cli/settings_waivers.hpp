// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"

#include <string>

#include <toml++/toml.h>

namespace cli {

// One [[waive]] of fivetran-sim.toml: rule, reason, and where wanted table (a glob) and expires (a
// date; the last day that it holds). `place` is "fivetran-sim.toml:12". Error (usage).
base::Result<WaiverArgument> read_waiver(const toml::table& table, const std::string& place);

}  // namespace cli
