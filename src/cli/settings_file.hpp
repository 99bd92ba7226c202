// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"

#include <string_view>

#include <CLI/CLI.hpp>

namespace cli {

// Whether a command loads into a warehouse of its own that is thrown away (design §2), so that only
// its own --destination or section names another, not the one that `run` uses.
bool has_own_warehouse(std::string_view command);

// Finds the nearest fivetran-sim.toml, from the current folder upwards, sets args.project_root and
// fills in every option of `command` that neither the command line nor the environment gave.
//
//   target = "python:main.py:lambda_handler"     a key for each long option
//   secrets = "secrets.json"                     paths count from the file's folder, and programs
//                                                of the target run in it
//   [run]                                        for one command only
//   [secrets] from = "secrets.json"              sensitive = ["NAME"], public = ["NAME"]: globs
//   [expect]                                     what `test` expects: settings_expect.hpp
//   [[waive]]                                    rule, reason, and optionally table, expires
//   [env]  [assume]                              K = "V"
//
// Error (usage): not TOML, with line; an unknown key, with what was probably meant.
base::Result<void> apply_settings_file(Arguments& args, CLI::App& command);

}  // namespace cli
