// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace protocol {

// The one text that a stored number has on every engine: what `sql`, `diff` and the tests print.

// The shortest digits that give the same double again: 0.1, 100000, 1e+15, 1.5e-07. Zero has no
// sign.
std::string double_text(double value);

// A JSON number as plain digits: no exponent, no zeros that say nothing, no negative zero. A number
// that would need more than kMaxPlainDigits of them keeps its exponent.
std::string decimal_text(std::string_view number);
inline constexpr long kMaxPlainDigits = 400;

// Whether decimal_text would give the same bytes, so that the number can be stored as it is.
bool is_plain_decimal(std::string_view number);

// How many digits decimals need in front of the point and behind it. What is longer than a DECIMAL
// can be counts as one digit too many.
inline constexpr int kDecimalDigits = 38;
struct DecimalDigits {
  int whole = 0, fraction = 0;
  void add(const DecimalDigits& other);
  bool fit() const noexcept { return whole + fraction <= kDecimalDigits; }
};
// Of decimal_text; "0.5" needs no digit in front of the point.
DecimalDigits digits_of(std::string_view decimal);

}  // namespace protocol
