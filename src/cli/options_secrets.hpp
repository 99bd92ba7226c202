// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/arguments.hpp"

#include <string>

#include <CLI/CLI.hpp>

namespace cli {

// --secrets and --secret: what a request carries, and what no command may show.
void add_secret_options(CLI::App& app, Arguments& args, const std::string& group);

}  // namespace cli
