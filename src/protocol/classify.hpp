// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/column_type.hpp"

#include <string_view>

namespace protocol {

// The narrowest column type of a JSON number, from its digits: SHORT, INT, LONG by range, DECIMAL
// for an integer beyond int64 of at most 38 digits; with a fraction or exponent DOUBLE when the
// double prints back to the same digits (trailing zeros aside), else DECIMAL up to 38 digits, else
// STRING.
core::ColumnType classify_number(std::string_view digits);

// The narrowest column type of a JSON string: LOCALDATE for `YYYY-MM-DD`, LOCALDATETIME for
// `YYYY-MM-DDTHH:MM[:SS[.f]]` (a blank may stand for T), INSTANT for the same with Z or an offset;
// real calendar dates only. Anything else is STRING: contract §4.5.
core::ColumnType classify_string(std::string_view text);

// An integer that a double cannot hold exactly: outside ±(2^53-1).
bool beyond_double(std::string_view integer_digits);

}  // namespace protocol
