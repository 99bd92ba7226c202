// SPDX-License-Identifier: Apache-2.0
#include "reporters/cells.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace reporters {

std::string cell_text(std::string_view text, std::size_t width) {
  std::string shown = base::elide_middle(text, width);
  return base::runs_right_to_left(shown) ? base::isolated(shown) : shown;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t used = base::display_width(text);
  if (used < width) text.append(width - used, ' ');
  return text;
}

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  const std::string margin(indent, ' ');
  const std::size_t room = width > indent + 10 ? width - indent : 10;
  std::string out, line;
  const auto flush = [&] {
    out += margin + line + "\n";
    line.clear();
  };
  const std::string shown = base::visible(text);
  std::string_view rest = shown;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \n"), rest.size());
    const std::string word = base::elide_middle(rest.substr(0, end), room);
    if (!line.empty() && base::display_width(line) + 1 + base::display_width(word) > room) flush();
    if (!line.empty()) line += ' ';
    line += word;
    if (end < rest.size() && rest[end] == '\n') flush();
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!line.empty()) flush();
  return out;
}

}  // namespace reporters
