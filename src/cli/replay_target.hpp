// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "core/report.hpp"

namespace cli {

// `replay DIR TARGET`: the recorded requests go to a connector. Compares, or with --find-unstable
// lists what differs from answer to answer; with --update records anew when something differs.
base::Result<core::ExitCode> replay_against(const Arguments& args);

}  // namespace cli
