// SPDX-License-Identifier: Apache-2.0
#include "reporters/markdown_text.hpp"

#include "base/text.hpp"
#include "reporters/plain_text.hpp"

#include <algorithm>

namespace reporters {
namespace {

std::size_t longest_run(std::string_view text, char of) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == of ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// "|" ends a cell, also within code; Markdown of tables takes the backslash off before it reads the
// code. The marks of a mention or an issue's number become entities, which link nothing.
std::string escaped(std::string_view line) {
  std::string out;
  for (const char c : line) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '@': out += "&#64;"; break;
      case '#': out += "&#35;"; break;
      case '!':
      case '$':
      case '*':
      case '[':
      case '\\':
      case ']':
      case '_':
      case '`':
      case '|':
      case '~':
        out += '\\';
        out += c;
        break;
      default: out += c;
    }
  }
  // No link by itself.
  for (std::size_t at = out.find("://"); at != out.npos; at = out.find("://", at + 3))
    out.replace(at, 1, "&#58;");
  return out;
}

std::string code(std::string_view content, bool in_cell) {
  if (content.find_first_not_of(' ') == content.npos) return "";
  const std::string fence(longest_run(content, '`') + 1, '`');
  std::string inner(content);
  if (in_cell)
    for (std::size_t at = inner.find('|'); at != inner.npos; at = inner.find('|', at + 2))
      inner.insert(at, 1, '\\');
  const bool apart = inner.front() == '`' || inner.back() == '`';
  return fence + (apart ? " " : "") + inner + (apart ? " " : "") + fence;
}

std::string inline_text(std::string_view text, bool in_cell) {
  const std::string line = one_line(text);
  std::string out;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t open = line.find('`', at);
    const std::size_t close = open == line.npos ? open : line.find('`', open + 1);
    if (close == line.npos || close == open + 1) break;
    out += escaped(std::string_view(line).substr(at, open - at));
    out += code(std::string_view(line).substr(open + 1, close - open - 1), in_cell);
    at = close + 1;
  }
  return out + escaped(std::string_view(line).substr(at));
}

}  // namespace

std::string markdown_text(std::string_view text) {
  return inline_text(text, false);
}

std::string markdown_cell(std::string_view text) {
  return inline_text(text, true);
}

std::string markdown_code(std::string_view text, std::size_t width) {
  return code(one_line(base::elide_middle(text, width)), true);
}

std::string markdown_block(std::string_view text, std::size_t indent) {
  const std::string content = document_text(text);
  const std::string margin(indent, ' ');
  const std::string fence(std::max<std::size_t>(3, longest_run(content, '`') + 1), '`');
  std::string out = margin + fence + "text\n";
  std::size_t begin = 0;
  while (begin < content.size()) {
    const std::size_t end = std::min(content.find('\n', begin), content.size());
    out += margin + content.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return out + margin + fence + "\n";
}

}  // namespace reporters
