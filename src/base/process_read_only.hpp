// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <vector>

namespace base {

// A program that sees a file system which it cannot write, as on Lambda and its siblings: all of it
// is read-only but /tmp and one folder more. Linux 5.12 and later, where this user may have mount
// namespaces of his own; what the program starts sees the same.
struct ReadOnlyView {
  std::string code;       // a folder that is read-only in any case, even below /tmp
  std::string temporary;  // a folder that stays writable
};

// The command that runs `argv` with such a view: this program itself, with kReadOnlyCommand in
// front. Error (usage): argv[0] is not found on `path`; (environment): the system does not allow
// it, which is tried out.
Result<std::vector<std::string>> read_only_command(const ReadOnlyView& view,
                                                   const std::vector<std::string>& argv,
                                                   const std::string& path);

// The first argument of such a command.
constexpr const char* kReadOnlyCommand = "__read-only";

// What this program does when it is called with kReadOnlyCommand: becomes the program. Comes back
// only when that failed: the caller says the message alone on stderr, and exits other than with 0.
Error become_read_only(int argc, char** argv);

}  // namespace base
