// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "cli/session.hpp"

#include <string>

namespace cli {

// Opens the stored warehouse for a load, with the naming that was asked for, else with the one that
// it has, and claims its schema for `target`, a text that holds no secret. Error (usage): the
// schema belongs to another target, unless the arguments say that this one takes over (design §2).
base::Result<void> open_stored(Session& session, const Arguments& args, const std::string& target);

}  // namespace cli
