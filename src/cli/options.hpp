// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/arguments.hpp"

#include <memory>

#include <CLI/CLI.hpp>

namespace cli {

// Declares every command and option on one CLI::App; they write into `args`.
std::unique_ptr<CLI::App> declare_options(Arguments& args);

// How local programs are held: options_local.cpp.
void add_local_options(CLI::App& app, LocalArguments& args);

}  // namespace cli
