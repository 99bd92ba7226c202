// SPDX-License-Identifier: Apache-2.0
#include "core/value.hpp"

#include <array>

namespace core {

std::string_view name(JsonKind kind) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "absent", "null", "boolean", "number", "string", "object", "array"};
  return kNames[static_cast<std::size_t>(kind)];
}

int TableRows::column_index(std::string_view column) const noexcept {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].name == column) return static_cast<int>(i);
  return -1;
}

std::size_t TableRows::position(std::size_t i) const noexcept {
  for (const std::uint32_t gap : skipped) {
    if (gap > i) break;
    ++i;
  }
  return i;
}

const Value* find(Row row, int column) noexcept {
  // Most rows have their cells in the order of the columns.
  const auto guess = static_cast<std::size_t>(column);
  if (column >= 0 && guess < row.size() && row[guess].column == column) return &row[guess];
  for (const Value& cell : row)
    if (cell.column == column) return &cell;
  return nullptr;
}

}  // namespace core
