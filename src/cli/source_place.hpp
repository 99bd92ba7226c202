// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/arguments.hpp"
#include "core/check.hpp"

#include <string>

namespace cli {

// The file that a reader of a finding should open: the handler's file with the line that defines
// it, a program, a folder of responses, a judged document; else the fivetran-sim.toml where there
// is one. Empty when nothing of this lies within the repository.
core::Source source_of(const Arguments& args);

// A path as the repository knows it: from the folder that CI checked out (GITHUB_WORKSPACE,
// CI_PROJECT_DIR), else from the nearest folder upwards that holds `.git`, else from `root`. Empty
// when it lies elsewhere.
std::string repository_path(const std::string& path, const std::string& root);

}  // namespace cli
