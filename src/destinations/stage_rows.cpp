// SPDX-License-Identifier: Apache-2.0
#include "destinations/stage_rows.hpp"

#include "destinations/row_cells.hpp"
#include "protocol/classify.hpp"
#include "protocol/number_text.hpp"
#include "protocol/time_text.hpp"

#include <string>
#include <unordered_map>

namespace destinations {
namespace {

using core::ColumnType;

struct Occurrences {
  std::size_t first, last;
};

bool is_decimal(std::string_view text) {
  return !text.empty() && text.find_first_not_of("-.0123456789") == text.npos &&
         protocol::decimal_text(text) == text;
}

}  // namespace

StageRows stage_rows(const core::Table& table, const PlannedRows& planned) {
  StageRows staged;
  staged.rows.resize(planned.size());
  std::unordered_map<std::string, Occurrences> seen;
  seen.reserve(planned.size());
  RowCells cells(table, planned);
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!planned.is_usable(row)) continue;
    cells.read_key(row);
    std::string key = key_bytes(table, cells.cells());
    if (key.empty()) {
      staged.rows[row] = StagedAs::only;
      staged.null_keys = true;
      ++staged.keys;
      continue;
    }
    const auto [entry, is_new] = seen.try_emplace(std::move(key), Occurrences{row, row});
    if (!is_new) entry->second.last = row;
  }
  staged.keys += seen.size();
  for (const auto& [key, rows] : seen) {
    const bool once = rows.first == rows.last;
    staged.rows[rows.first] = once ? StagedAs::only : StagedAs::first;
    if (!once) staged.rows[rows.last] = StagedAs::last;
  }
  return staged;
}

bool fits_key(const Cell& cell, ColumnType type) {
  if (cell.form != CellForm::text) return true;
  switch (type) {
    case ColumnType::decimal: return is_decimal(cell.text);
    case ColumnType::local_date: return protocol::classify_string(cell.text) == type;
    case ColumnType::local_date_time:
      return protocol::classify_string(cell.text) == type &&
             protocol::is_plain_date_time(cell.text);
    case ColumnType::instant:
      return protocol::classify_string(cell.text) == type && protocol::is_plain_instant(cell.text);
    default: return true;
  }
}

std::vector<core::Column> lookup_columns(const core::Table& table) {
  std::vector<core::Column> columns;
  for (const core::Column& column : table.columns) {
    if (!column.key) continue;
    core::Column& added = columns.emplace_back(column);
    if (added.type == ColumnType::short_integer || added.type == ColumnType::integer)
      added.type = ColumnType::long_integer;
  }
  return columns;
}

}  // namespace destinations
