// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace protocol {

// The one text that a stored time has on every engine: what `sql`, `diff` and the tests print.

// `YYYY-MM-DDTHH:MM:SS[.f]` of a LOCALDATE or LOCALDATETIME; the fraction is cut at microseconds
// and has no zeros at its end, a leap second is the next minute. Text of another shape comes back
// as it is.
std::string local_date_time_text(std::string_view text);

// `YYYY-MM-DDTHH:MM:SS[.f]Z` in UTC. A text without a zone is taken as UTC.
std::string instant_text(std::string_view text);

// Whether a LOCALDATETIME or an INSTANT is in that form already, so that it can be stored as it is.
bool is_plain_date_time(std::string_view text);
bool is_plain_instant(std::string_view text);

}  // namespace protocol
