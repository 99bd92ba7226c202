// SPDX-License-Identifier: Apache-2.0
#include "destinations/row_cells.hpp"

#include <algorithm>

namespace destinations {
namespace {

// Cut in front of a character, not inside of one.
std::string shortened(const std::string& text, std::size_t bytes) {
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes) + "…";
}

}  // namespace

RowCells::RowCells(const core::Table& table, const PlannedRows& planned)
    : table_(table),
      planned_(planned),
      cells_(table.columns.size()),
      scratch_(table.columns.size()) {}

void RowCells::clear() {
  for (Cell& cell : cells_) cell.form = CellForm::absent;
}

std::span<const Cell> RowCells::read(std::size_t row) {
  clear();
  for (const core::Value& value : planned_.rows->row(row)) {
    const int target = planned_.targets[value.column];
    if (target < 0) continue;
    const auto c = static_cast<std::size_t>(target);
    store(value, table_.columns[c].type, scratch_[c], cells_[c]);
  }
  return cells_;
}

bool RowCells::read_key(std::size_t row) {
  clear();
  bool possible = true;
  for (const core::Value& value : planned_.rows->row(row)) {
    const int target = planned_.targets[value.column];
    if (target < 0) continue;
    const auto c = static_cast<std::size_t>(target);
    const core::Column& column = table_.columns[c];
    if (column.key && !value.is_null())
      possible = store_for_lookup(value, column.type, scratch_[c], cells_[c]) && possible;
  }
  return possible;
}

std::string key_bytes(const core::Table& table, std::span<const Cell> cells) {
  std::string key;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!table.columns[c].key) continue;
    const std::optional<std::string> part = text_of(cells[c], table.columns[c].type);
    if (!part) return "";
    key.append(std::to_string(part->size())).append(":").append(*part);
  }
  return key;
}

std::string key_text(const core::Table& table, std::span<const Cell> cells) {
  constexpr std::size_t kLongest = 80;
  std::string text;
  for (const std::string& part : table.primary_key) {
    const auto column = std::ranges::find(table.columns, part, &core::Column::name);
    if (column == table.columns.end()) continue;
    const auto c = static_cast<std::size_t>(column - table.columns.begin());
    std::string value = text_of(cells[c], column->type).value_or("null");
    if (value.size() > kLongest) value = shortened(value, kLongest);
    if (!text.empty()) text += ", ";
    text.append(part).append("=").append(value);
  }
  return text;
}

}  // namespace destinations
