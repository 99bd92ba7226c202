// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>

namespace cli {

// A value of the settings file for `option`, with a relative path in it counted from `root`, the
// file's folder, wherever the program was started. What names a file is told by the type that help
// shows for the option: FILE, DIR, FILE|JSON, FORMAT[=PATH], and TOKEN and KEY behind an @. The
// target is none of them: see Arguments::target_folder.
std::string counted_from(const std::filesystem::path& root, const CLI::Option& option,
                         std::string value);

}  // namespace cli
