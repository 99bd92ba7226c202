// SPDX-License-Identifier: Apache-2.0
#include "cli/settings_paths.hpp"

#include <string_view>

namespace cli {
namespace {

namespace fs = std::filesystem;

std::string joined(const fs::path& root, std::string_view path) {
  return path.empty() ? std::string() : (root / path).string();
}

// The path begins behind `start`; what does not begin so names no file.
std::string behind(const std::string& start, const fs::path& root, const std::string& value) {
  return value.starts_with(start) ? start + joined(root, value.substr(start.size())) : value;
}

bool is_json(const std::string& value) {
  const std::size_t first = value.find_first_not_of(" \t\r\n");
  return first == value.npos || std::string_view("{[\"").find(value[first]) != std::string::npos;
}

}  // namespace

std::string counted_from(const fs::path& root, const CLI::Option& option, std::string value) {
  const std::string& name = option.get_single_name();
  const std::string type = option.get_type_name();
  if (name == "destination") return behind("duckdb:", root, behind("sqlite:", root, value));
  if (name == "secrets" && (value == "-" || value.starts_with("env:"))) return value;
  // An interpreter without a path is looked for on PATH.
  if (name == "python" && value.find('/') == value.npos) return value;
  if (type == "FILE" || type == "DIR") return joined(root, value);
  if (type == "FILE|JSON") return is_json(value) ? value : joined(root, value);
  if (type == "TOKEN" || type == "KEY") return behind("@", root, value);
  if (type == "FORMAT[=PATH]" && value.find('=') != value.npos)
    return behind(value.substr(0, value.find('=') + 1), root, value);
  return value;
}

}  // namespace cli
