// SPDX-License-Identifier: Apache-2.0
#include "cli/source_place.hpp"

#include "base/files.hpp"
#include "connectors/target.hpp"

#include <cctype>
#include <cstdlib>
#include <filesystem>

namespace cli {
namespace {

namespace fs = std::filesystem;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

// Whether the line seems to define the function: it names it behind a word that does so.
bool defines(std::string_view line, std::string_view function) {
  static constexpr std::string_view kBefore[] = {"def ", "function ", "const ", "let ", "exports."};
  const std::size_t at = line.find(function);
  if (at == line.npos) return false;
  const std::size_t end = at + function.size();
  if (end < line.size() && is_word(line[end])) return false;
  for (const std::string_view word : kBefore)
    if (line.substr(0, at).ends_with(word)) return true;
  return false;
}

int line_of(const fs::path& file, const std::string& function) {
  const auto text = base::read_file(file.string());
  if (!text || function.empty()) return 1;
  int number = 1;
  for (std::size_t begin = 0; begin < text->size(); ++number) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    if (defines(std::string_view(*text).substr(begin, end - begin), function)) return number;
    begin = end + 1;
  }
  return 1;
}

// The folder that paths in a report count from.
fs::path repository_of(const fs::path& file, const fs::path& root) {
  std::error_code error;
  for (const char* name : {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"})
    if (const char* folder = std::getenv(name); folder != nullptr && *folder != '\0')
      return fs::weakly_canonical(folder, error);
  for (fs::path folder = file.parent_path();; folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", error)) return folder;
    if (folder == folder.parent_path()) return fs::weakly_canonical(root, error);
  }
}

core::Source source_of_target(const Arguments& args) {
  const auto target = args.program.empty()
                          ? connectors::parse_target(args.target, args.target_folder)
                          : connectors::command_target(args.program);
  if (!target) return {};
  core::Source source;
  switch (target->kind) {
    case connectors::TargetKind::python:
    case connectors::TargetKind::node: {
      const std::size_t colon = target->text.rfind(':');
      const std::string named = target->function.empty() && colon != std::string::npos
                                    ? target->text.substr(colon + 1)
                                    : target->function;
      source.file = repository_path(target->file.string(), args.project_root);
      source.line = line_of(target->file, named);
      break;
    }
    case connectors::TargetKind::scenario:
      source.file = repository_path(target->file.string(), args.project_root);
      break;
    case connectors::TargetKind::command:
    case connectors::TargetKind::runtime:
      if (std::error_code error; fs::is_regular_file(target->argv.front(), error))
        source.file = repository_path(target->argv.front(), args.project_root);
      break;
    default: break;
  }
  return source;
}

}  // namespace

std::string repository_path(const std::string& path, const std::string& root) {
  std::error_code error;
  const fs::path file = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return "";
  const fs::path relative = file.lexically_relative(repository_of(file, root));
  const std::string text = relative.generic_string();
  return text.empty() || text == "." || text.starts_with("..") ? "" : text;
}

core::Source source_of(const Arguments& args) {
  core::Source source;
  if (!args.files.empty() && args.files.front() != "-")
    source.file = repository_path(args.files.front(), args.project_root);
  else if (!args.target.empty() || !args.program.empty())
    source = source_of_target(args);
  std::error_code error;
  const fs::path settings = fs::path(args.project_root) / "fivetran-sim.toml";
  if (source.file.empty() && fs::exists(settings, error))
    source = {repository_path(settings.string(), args.project_root), 1};
  return source;
}

}  // namespace cli
