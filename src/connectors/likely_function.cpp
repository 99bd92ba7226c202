// SPDX-License-Identifier: Apache-2.0
#include "connectors/target_file.hpp"

#include <array>
#include <cctype>
#include <fstream>

namespace connectors {
namespace {

bool is_name_part(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

// Whether `name` stands in `text` as a word of its own.
bool has_word(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_name_part(text[at - 1])) &&
        (end == text.size() || !is_name_part(text[end])))
      return true;
  }
  return false;
}

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// A line of Python that gives the module an attribute of that name.
bool defines_python(std::string_view line, std::string_view name) {
  if (starts_with(line, "async ")) line.remove_prefix(6);
  if (starts_with(line, "from ")) return has_word(line, name);
  if (starts_with(line, "def ") || starts_with(line, "class "))
    line.remove_prefix(line.find(' ') + 1);
  else if (line.find('=') == std::string_view::npos)
    return false;
  return starts_with(line, name) &&
         (line.size() == name.size() || !is_name_part(line[name.size()]));
}

// A line of JavaScript that exports that name.
bool defines_node(std::string_view line, std::string_view name) {
  const std::size_t at = line.find("export");
  return at != std::string_view::npos && has_word(line.substr(at), name);
}

}  // namespace

std::string likely_function(TargetKind kind, const std::filesystem::path& file) {
  constexpr std::array<std::string_view, 3> kNames = {"lambda_handler", "handler", "main"};
  std::array<bool, kNames.size()> found{};
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
      found[i] = found[i] || (kind == TargetKind::python ? defines_python(line, kNames[i])
                                                         : defines_node(line, kNames[i]));
  }
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (found[i]) return std::string(kNames[i]);
  return {};
}

}  // namespace connectors
