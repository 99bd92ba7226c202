// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace base {

// The whole file. Error (environment): "cannot read PATH: no such file or directory".
Result<std::string> read_file(const std::string& path);

// What a written file has to survive. A kill of this program costs nothing more; a power cut waits
// for the disk.
enum class Outlasts { kill, power_cut };

// Replaces the file as a whole: writes beside it, syncs, renames, so that a reader and a crash see
// either the old content or the new. On failure the old content stays and nothing is left behind. A
// file that exists keeps its permissions, a link stays one, and what is no file (a pipe, /dev/null)
// is written to directly. Error (environment).
Result<void> write_file_atomically(const std::string& path, std::string_view bytes,
                                   Outlasts outlasts = Outlasts::power_cut);

// Makes a folder, and those above it, that only the user can enter (mode 0700; those above as
// usual). One that exists stays as it is. Error (environment): it cannot be made, or is a file.
Result<void> make_private_dir(const std::string& path);

// The system's words for errno, in lower case: "no space left on device".
std::string last_os_error();

}  // namespace base
