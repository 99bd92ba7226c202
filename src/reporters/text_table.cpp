// SPDX-License-Identifier: Apache-2.0
#include "reporters/text_table.hpp"

#include "base/text.hpp"
#include "reporters/cells.hpp"

#include <algorithm>

namespace reporters {

TextTable::TextTable(std::vector<std::string> headings) {
  for (std::string& heading : headings) {
    right_.push_back(heading.starts_with('>'));
    if (right_.back()) heading.erase(0, 1);
  }
  rows_.push_back(std::move(headings));
}

void TextTable::add(std::vector<std::string> cells) {
  cells.resize(right_.size());
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::widths(std::size_t indent, std::size_t width) const {
  constexpr std::size_t kLeast = 6;
  std::vector<std::size_t> widths(right_.size(), 0);
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], base::display_width(row[i]));
  std::size_t all = indent + 2 * (widths.size() - 1);
  for (const std::size_t one : widths) all += one;
  while (width > 0 && all > width) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (!right_[i] && widths[i] > kLeast &&
          (widest == widths.size() || widths[i] > widths[widest]))
        widest = i;
    if (widest == widths.size()) break;
    --widths[widest];
    --all;
  }
  return widths;
}

std::string TextTable::text(std::size_t indent, std::size_t width) const {
  const std::vector<std::size_t> widths = this->widths(indent, width);
  std::string out;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool fits = base::display_width(row[i]) <= widths[i];
      const std::string cell = fits ? row[i] : cell_text(row[i], widths[i]);
      const std::string blanks(widths[i] - base::display_width(cell), ' ');
      line += right_[i] ? blanks + cell : cell + blanks;
      line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace reporters
