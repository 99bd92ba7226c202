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
// `YYYY-MM-DDTHH:MM[:SS[.f]]` (a blank or t may stand for T, f has 1 to 9 digits), INSTANT for the
// same with T or t and behind it Z or ±HH:MM up to 18 hours; years 0001 to 9999, days of the real
// calendar, hours to 23, seconds to 59. Anything else is STRING: contract §4.5 and, for the forms,
// what Fivetran's own Connector SDK core takes (docs/differences.md).
core::ColumnType classify_string(std::string_view text);

// An integer that a double cannot hold exactly: outside ±(2^53-1).
bool beyond_double(std::string_view integer_digits);

}  // namespace protocol
