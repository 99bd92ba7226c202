// SPDX-License-Identifier: Apache-2.0
#include "cli/connector_files.hpp"

#include "connectors/target.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMost = 2000;

bool is_passed_over(const std::string& folder) {
  constexpr std::array<std::string_view, 6> kOthers = {"node_modules", "__pycache__", "venv",
                                                       "build",        "dist",        "target"};
  return folder.starts_with('.') || std::ranges::find(kOthers, folder) != kOthers.end();
}

bool is_source(const fs::path& file, const fs::path& program) {
  constexpr std::array<std::string_view, 15> kEndings = {".py",  ".js", ".mjs", ".cjs",  ".ts",
                                                         ".go",  ".rb", ".sh",  ".rs",   ".cs",
                                                         ".php", ".pl", ".awk", ".java", ".toml"};
  return file == program ||
         std::ranges::find(kEndings, file.extension().string()) != kEndings.end();
}

void add(std::map<std::string, FileStamp>& files, const fs::path& file) {
  std::error_code error;
  const auto bytes = fs::file_size(file, error);
  if (error) return;
  const auto changed = fs::last_write_time(file, error);
  if (error) return;
  files[file.lexically_normal().string()] = {
      bytes, static_cast<std::int64_t>(changed.time_since_epoch().count())};
}

// The file that plays the connector, or empty.
fs::path program_of(const Arguments& args) {
  const auto target = args.program.empty()
                          ? connectors::parse_target(args.target, args.target_folder)
                          : connectors::command_target(args.program);
  if (!target || connectors::runs_elsewhere(target->text)) return {};
  std::error_code error;
  if (!target->file.empty()) return fs::absolute(target->file, error);
  for (const std::string& word : target->argv)
    if (const fs::path file = target->root / word; fs::is_regular_file(file, error))
      return fs::absolute(file, error);
  return {};
}

}  // namespace

std::map<std::string, FileStamp> connector_files(const Arguments& args) {
  std::map<std::string, FileStamp> files;
  const fs::path program = program_of(args);
  if (program.empty()) return files;
  std::error_code error;
  add(files, program);
  // Where it lies below the connector: what a run that was killed left there is no source.
  const fs::path temporary = fs::temp_directory_path(error);
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(program.parent_path(), options, error), end;
       !error && at != end && files.size() < kMost; at.increment(error)) {
    std::error_code ignored;
    if (at->is_directory(ignored)) {
      if (is_passed_over(at->path().filename().string()) || at->path() == temporary)
        at.disable_recursion_pending();
    } else if (at->is_regular_file(ignored) && is_source(at->path(), program)) {
      add(files, at->path());
    }
  }
  return files;
}

}  // namespace cli
