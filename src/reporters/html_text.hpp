// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace reporters {

// Text from outside for the page, between tags or inside a quoted attribute: what HTML could take
// for markup is escaped, control and direction-turning characters become visible as <U+001B>, bytes
// that are no UTF-8 become U+FFFD.
std::string html_text(std::string_view text);
// The same in one line of at most `width` columns, cut in the middle.
std::string html_cut(std::string_view text, std::size_t width);
// As a <code> element.
std::string html_code(std::string_view text, std::size_t width = 300);
// A sentence in which `…` marks what is code.
std::string html_sentence(std::string_view text);

// Begins a box that scrolls sideways, with the keyboard as well; `label`, which is HTML already,
// tells what it holds. Ended by </div>.
std::string html_scroll(std::string_view label);

// "3.2 ms", "420 ms", "1.42s", "3m 12s".
std::string html_time(std::chrono::microseconds duration);
// "1 call", "1,234 calls".
std::string html_counted(std::uint64_t count, std::string_view noun);

}  // namespace reporters
