// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "connectors/target.hpp"

#include <string>

namespace cli {

// Whether calls of this target may be repeated, dropped and cut on purpose. Error (usage): recorded
// or hand-written answers, of which nothing could be learned; something deployed without
// --allow-repeats.
base::Result<void> check_repeatable(const connectors::Target& target, const Arguments& args);

// Names, sizes and times of the source files of a local connector: it changes when they do.
std::string code_stamp(const Arguments& args);

}  // namespace cli
