// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "destinations/options.hpp"
#include "engine/world.hpp"

#include <map>
#include <string>

namespace cli {

using Assumed = std::map<std::string, std::string>;  // by the assumption's name

// Every assumption with its value: the default, or what --assume and [assume] say. Error (usage):
// an unknown name or value.
base::Result<Assumed> read_assumptions(const Arguments& args);

// What they mean for the calls and for the loading.
void apply_assumptions(const Assumed& assumed, engine::Settings& settings);
void apply_assumptions(const Assumed& assumed, destinations::OpenOptions& options);

}  // namespace cli
