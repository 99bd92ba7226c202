// SPDX-License-Identifier: Apache-2.0
#include "workflows/scan_files.hpp"

#include "base/glob.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace workflows {
namespace {

namespace fs = std::filesystem;

// What version control and package managers keep; nobody's fixture, log or report.
bool is_foreign_folder(const fs::path& folder) {
  static constexpr std::string_view kNames[] = {".git",         ".hg",         ".svn",
                                                "node_modules", "__pycache__", ".venv"};
  return std::ranges::find(kNames, folder.filename().string()) != std::end(kNames);
}

class Walk {
 public:
  Walk(const ScanOptions& options, std::vector<std::string>& unreadable)
      : options_(options), unreadable_(unreadable) {
    std::error_code error;
    if (!options.secrets_file.empty()) secrets_ = fs::canonical(options.secrets_file, error);
  }

  base::Result<void> add(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status))
      return base::fail(base::ErrorKind::usage,
                        fmt::format("cannot scan {}: there is no such file or folder", path));
    if (fs::is_directory(status)) {
      walk(path);
    } else {
      take(path);
    }
    return {};
  }

  std::vector<std::string> files() {
    std::ranges::sort(files_);
    files_.erase(std::unique(files_.begin(), files_.end()), files_.end());
    return std::move(files_);
  }

 private:
  bool is_excluded(const fs::path& path) const {
    return std::ranges::any_of(options_.exclude, [&path](const std::string& glob) {
      return base::glob_matches(glob, path.string()) ||
             base::glob_matches(glob, path.filename().string());
    });
  }

  void take(const fs::path& path) {
    std::error_code error;
    if (is_excluded(path) || (!secrets_.empty() && fs::equivalent(path, secrets_, error))) return;
    files_.push_back(path.string());
  }

  void walk(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      const fs::path path = folder == "." ? entry->path().lexically_relative(".") : entry->path();
      std::error_code ignored;
      if (entry->is_symlink(ignored)) continue;
      if (entry->is_directory(ignored)) {
        if (!is_foreign_folder(path) && !is_excluded(path)) walk(path);
      } else if (entry->is_regular_file(ignored)) {
        take(path);
      }
    }
    if (error)
      unreadable_.push_back(
          fmt::format("cannot read the folder {}: {}", folder.string(), error.message()));
  }

  const ScanOptions& options_;
  std::vector<std::string>& unreadable_;
  fs::path secrets_;
  std::vector<std::string> files_;
};

}  // namespace

base::Result<std::vector<std::string>> files_to_scan(const std::vector<std::string>& paths,
                                                     const ScanOptions& options,
                                                     std::vector<std::string>& unreadable) {
  Walk walk(options, unreadable);
  for (const std::string& path : paths) FSIM_TRY(walk.add(path));
  return walk.files();
}

}  // namespace workflows
