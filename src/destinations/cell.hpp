// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/column_type.hpp"
#include "core/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace destinations {

// How a cell is handed to an engine. absent: the row does not have the column, so it becomes null;
// that differs from a null that was sent only in what is told about the row.
enum class CellForm : std::uint8_t { absent, null, integer, real, text };

// A value in the form in which a column of its type stores it: BOOLEAN (0 or 1), SHORT, INT and
// LONG as integers, DOUBLE as a double, all else as canonical text.
struct Cell {
  CellForm form = CellForm::absent;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text;  // points into the page or into the scratch given to `store`

  bool has_value() const noexcept { return form >= CellForm::integer; }
};

// The cell for `value` in a column of type `to`, which holds values of its type. `scratch` keeps a
// text that had to be written anew; it must stay alive and untouched while the cell is used.
void store(const core::Value& value, core::ColumnType to, std::string& scratch, Cell& cell);

// The cell to look a key value up with, in a key column that may be narrower than the value: the
// text "1" finds the integer 1, "01" finds nothing. False when no stored value can equal it; the
// cell then holds its text.
bool store_for_lookup(const core::Value& value, core::ColumnType to, std::string& scratch,
                      Cell& cell);

// The canonical text of a cell of a column of this type; none for null.
std::optional<std::string> text_of(const Cell& cell, core::ColumnType type);

}  // namespace destinations
