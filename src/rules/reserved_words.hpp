// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace rules {

// A word that most SQL engines take as a table's or column's name only between quotes. Lower case.
bool is_reserved_word(std::string_view name);

}  // namespace rules
