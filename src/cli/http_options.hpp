// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "connectors/http_options.hpp"

namespace cli {

// How an HTTP function is reached, as the arguments say. Errors: a header without a colon, a
// variable that is not set, a time that is none (usage), a file that cannot be read (environment).
base::Result<connectors::HttpOptions> http_options(const Arguments& args);

}  // namespace cli
