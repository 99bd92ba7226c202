// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/arguments.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace cli {

struct FileStamp {
  std::uint64_t bytes = 0;
  std::int64_t changed = 0;  // nanoseconds, of the file system's clock
  bool operator==(const FileStamp&) const = default;
};

// The source files of a local connector by path: those of its folder and below with the ending of
// its own file or of another language, without version control, installed packages, caches and our
// own folder; at most 2,000. Empty for what does not run here.
std::map<std::string, FileStamp> connector_files(const Arguments& args);

}  // namespace cli
