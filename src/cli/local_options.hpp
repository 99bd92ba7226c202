// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "connectors/options.hpp"

namespace cli {

// Writes what the user said about local programs into `options`. Error (usage): no duration, no
// such folder.
base::Result<void> read_local_options(const Arguments& args, connectors::ConnectorOptions& options);

}  // namespace cli
