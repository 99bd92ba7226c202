// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "core/clock.hpp"
#include "protocol/redactor.hpp"
#include "workflows/pardons.hpp"

#include <memory>

namespace cli {

// The waivers of --waive and [[waive]] and the baseline of --baseline. A baseline's file that is
// not there begins with this run, but not where CI is set: there a mistyped name must not pass as
// clean. Error (usage): an unknown rule, with what was probably meant; a baseline that cannot be
// used.
base::Result<std::unique_ptr<workflows::Pardons>> read_pardons(const Arguments& args,
                                                               core::WallTime now,
                                                               const protocol::Redactor& redact);

// Writes the baseline's file where that is due.
base::Result<void> write_baseline(const workflows::Pardons& pardons);

}  // namespace cli
