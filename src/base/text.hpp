// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace base {

// "812 B", "41.2 kB", "6.3 MB": decimal units, one digit behind the point from 1 kB on.
std::string human_bytes(std::uint64_t bytes);
// "0.42s", "3m 12s", "5h 03m".
std::string human_duration(std::chrono::microseconds duration);
// "1,234,567".
std::string human_count(std::uint64_t count);

// Columns that UTF-8 text takes on a terminal: combining characters none, wide ones two.
std::size_t display_width(std::string_view text);

// At most `width` columns: the middle gives way to "…". Control and bidirectional-override
// characters become visible as <U+001B>, so that nothing in the text can move the cursor or
// recolour the screen.
std::string elide_middle(std::string_view text, std::size_t width);
// The same without a limit.
std::string visible(std::string_view text);

// `text` with U+FFFD for each byte that is no part of a UTF-8 character; else unchanged.
std::string valid_utf8(std::string_view text);

// Whether a character of it belongs to a script that runs from right to left (Hebrew, Arabic, …).
bool runs_right_to_left(std::string_view text);
// In a pair of characters (U+2068, U+2069) that keep its direction from what stands around it.
std::string isolated(std::string_view text);

// `text` as one word of a POSIX shell; quotes only where they are needed.
std::string shell_quoted(std::string_view text);

// The candidate that the user most likely meant by `word`, or empty: fewest insertions, deletions,
// replacements and swaps of neighbours, at most a third of the word's length (but one is allowed
// from two letters on).
std::string_view closest(std::string_view word, std::span<const std::string_view> candidates);

// "90s", "1.5s", "15m", "6h", "250ms", "1h30m" (larger units first); a number alone means seconds.
// At most 31 years. Error (usage): anything else.
Result<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace base
