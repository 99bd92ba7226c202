// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/arguments.hpp"
#include "connectors/aws_options.hpp"

namespace cli {

// How AWS is reached, as the arguments say.
connectors::AwsOptions aws_options(const Arguments& args);

}  // namespace cli
