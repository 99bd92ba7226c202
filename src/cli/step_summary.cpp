// SPDX-License-Identifier: Apache-2.0
#include "cli/step_summary.hpp"

#include "base/files.hpp"
#include "reporters/github_report.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace cli {

base::Result<void> append_step_summary(const core::Report& report) {
  constexpr std::size_t kMost = (std::size_t{1} << 20) - 1;  // below 1 MiB
  const char* path = std::getenv("GITHUB_STEP_SUMMARY");
  if (path == nullptr || *path == '\0') return {};
  std::error_code error;
  const auto there = std::filesystem::file_size(path, error);
  const std::size_t used = error ? 0 : static_cast<std::size_t>(there);
  const std::string text = reporters::github_summary(report, used < kMost ? kMost - used - 1 : 0);
  if (text.empty()) return {};
  std::ofstream out(path, std::ios::binary | std::ios::app);
  if (out << text << '\n' << std::flush) return {};
  return base::fail(base::ErrorKind::environment, std::string("cannot add to the step's summary ") +
                                                      path + ": " + base::last_os_error());
}

}  // namespace cli
