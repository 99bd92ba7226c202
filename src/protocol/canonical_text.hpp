// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace protocol {

// The one text that each stored value has, on every engine: what `sql`, `diff` and the tests print.

// The shortest digits that give the same double again: 0.1, 100000, 1e+15, 1.5e-07. Zero has no
// sign.
std::string double_text(double value);

// A JSON number as plain digits: no exponent, no zeros that say nothing, no negative zero. A number
// that would need more than kMaxPlainDigits of them keeps its exponent.
std::string decimal_text(std::string_view number);
inline constexpr long kMaxPlainDigits = 400;

// `YYYY-MM-DDTHH:MM:SS[.f]` of a LOCALDATE or LOCALDATETIME; no zeros at the end of the fraction.
// Text of another shape comes back as it is.
std::string local_date_time_text(std::string_view text);

// `YYYY-MM-DDTHH:MM:SS[.f]Z` in UTC. A text without a zone is taken as UTC.
std::string instant_text(std::string_view text);

// Whether the text surely is canonical already, so that it can be stored as it is.
bool is_plain_decimal(std::string_view number);
bool is_plain_date_time(std::string_view text);
bool is_plain_instant(std::string_view text);

}  // namespace protocol
