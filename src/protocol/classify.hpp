// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/column_type.hpp"

#include <string_view>

namespace protocol {

// The narrowest column type of a JSON number, from its digits: SHORT, INT, LONG by range, DECIMAL
// for an integer beyond int64 of at most 38 digits; with a fraction or exponent DOUBLE when the
// double prints back to the same digits (trailing zeros aside), else DECIMAL up to 38 digits, else
// STRING. `fraction_as_decimal` tries DECIMAL before DOUBLE.
core::ColumnType classify_number(std::string_view digits, bool fraction_as_decimal = false);

// The narrowest column type of a JSON string: LOCALDATE for `YYYY-MM-DD`, LOCALDATETIME for
// `YYYY-MM-DDTHH:MM[:SS[.f]]`, INSTANT for the same with Z or ±HH:MM behind it: the forms of RFC
// 3339 §5.6, where t or a blank may stand for T and z for Z. Days of the real calendar, years 0001
// to 9999 (in UTC), hours to 23, seconds to 59 (no timestamp type holds a leap second), fractions
// of 1 to 9 digits, offsets up to 18 hours. Anything else is STRING: contract §4.5.
core::ColumnType classify_string(std::string_view text);

// An integer that a double cannot hold exactly: outside ±(2^53-1).
bool beyond_double(std::string_view integer_digits);

}  // namespace protocol
