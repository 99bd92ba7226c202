// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/column_type.hpp"

#include <string>
#include <string_view>

namespace protocol {

bool is_number(core::ColumnType type);  // SHORT, INT, LONG, DECIMAL, DOUBLE
bool is_time(core::ColumnType type);    // LOCALDATE, LOCALDATETIME, INSTANT
// Both are numbers, or both are times: the same source may give either, by the values that came.
bool same_family(core::ColumnType a, core::ColumnType b);

// The narrowest type that holds values of both without changing a digit: contract §4.5 and design
// §5. `beyond_double`: the integers among them include one that a double would change, so DOUBLE is
// out. The order of the arguments and of earlier calls does not matter.
core::ColumnType widen(core::ColumnType a, core::ColumnType b, bool beyond_double);

// The canonical stored text of a value when its column is of type `to`: what `sql`, `diff` and the
// tests print. `text` is core::Value::text() or an earlier stored text of type `from`.
std::string convert(std::string_view text, core::ColumnType from, core::ColumnType to);

}  // namespace protocol
