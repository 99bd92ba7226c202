// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace reporters {

// Text from outside for one line of GitHub's or GitLab's Markdown: nothing in it is markup, a
// mention or a link. Parts in `backticks` stay code.
std::string markdown_text(std::string_view text);
// The same for a cell of a table.
std::string markdown_cell(std::string_view text);

// As code on one line, for a table too; cut in the middle at `width` columns.
std::string markdown_code(std::string_view text, std::size_t width = 200);

// A fenced block, each line indented by `indent` blanks.
std::string markdown_block(std::string_view text, std::size_t indent);

}  // namespace reporters
