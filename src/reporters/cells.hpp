// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace reporters {

// Text from outside for a cell of a table, in at most `width` columns: cut in the middle, control
// characters visible, and, where it runs from right to left, in a pair of isolating characters (no
// column wide), so that the cells beside it keep their places.
std::string cell_text(std::string_view text, std::size_t width);

// Blanks behind it up to `width` columns.
std::string padded(std::string text, std::size_t width);
// Without the blanks at its end.
std::string trimmed(std::string text);

// Breaks at blanks so that each line, indented by `indent`, keeps to `width`; a longer word is cut
// in the middle. Control characters become visible.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace reporters
