// SPDX-License-Identifier: Apache-2.0
#include "destinations/database_file.hpp"

#include "base/fd.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace destinations {

namespace fs = std::filesystem;

base::Result<void> make_folder_of(const std::string& path, const std::string& name) {
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  if (!error) return {};
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot open {}: its folder {} cannot be made: {}", name,
                                folder.string(), base::errno_text(error.value())));
}

base::Result<void> check_exists(const std::string& path, const std::string& name) {
  std::error_code error;
  if (fs::exists(path, error)) return {};
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot open {}: no such file (run a sync first, or give another "
                                "--destination or --schema)",
                                name));
}

}  // namespace destinations
