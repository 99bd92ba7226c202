// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace reporters {

// Lines up cells by their width on a terminal. Cells of columns that are named numeric stand right.
class TextTable {
 public:
  // A heading that starts with '>' makes its column stand right; the sign is not shown.
  explicit TextTable(std::vector<std::string> headings);
  void add(std::vector<std::string> cells);
  // Each line indented by `indent`; trailing blanks are cut. With a `width` the widest columns that
  // stand left give way, cut in the middle, until the lines keep to it or nothing more can give.
  std::string text(std::size_t indent, std::size_t width = 0) const;

 private:
  std::vector<std::size_t> widths(std::size_t indent, std::size_t width) const;

  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace reporters
