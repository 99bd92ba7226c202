// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace rules {

// What a text that is no ISO date or time for a column type still looks like a date as: a phrase
// such as "a date written with slashes"; empty for other texts. Never sure, so only for notes.
std::string_view odd_date_form(std::string_view text);

}  // namespace rules
