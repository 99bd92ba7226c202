// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/arguments.hpp"

#include <string>

namespace cli {

// A command like this one, for a finding to show; values that may be secret are left out.
std::string reproduce_command(const Arguments& args, const std::string& command,
                              const std::string& target);

}  // namespace cli
