// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"

#include <map>
#include <string>

namespace cli {

// Every assumption with its value: the default, or what --assume and [assume] say. Error (usage):
// an unknown name or value.
base::Result<std::map<std::string, std::string>> read_assumptions(const Arguments& args);

}  // namespace cli
