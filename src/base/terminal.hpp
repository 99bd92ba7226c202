// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace base {

bool is_terminal(int descriptor);

// Columns of the terminal, at least 40; where the descriptor is none or does not tell, those of the
// variable COLUMNS, else 100.
std::size_t terminal_width(int descriptor);

// A terminal that understands control sequences, so not a "dumb" one.
bool moves_cursor(int descriptor);

// `mode` is "always", "never" or "auto": then only on a terminal that is not "dumb", and not when
// NO_COLOR is set to anything (https://no-color.org).
bool wants_colour(int descriptor, std::string_view mode);

}  // namespace base
