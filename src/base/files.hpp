// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace base {

// The whole file. Error (environment): "cannot read PATH: no such file or directory".
Result<std::string> read_file(const std::string& path);

// Replaces the file as a whole: writes beside it, syncs, renames. On failure the old content stays
// and nothing is left behind. Error (environment).
Result<void> write_file_atomically(const std::string& path, std::string_view bytes);

// The system's words for errno, in lower case: "no space left on device".
std::string last_os_error();

}  // namespace base
