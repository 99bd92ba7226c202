// SPDX-License-Identifier: Apache-2.0
#include "destinations/scan_order.hpp"

#include "destinations/system_columns.hpp"

#include <algorithm>

namespace destinations {
namespace {

bool has_values_in_order(core::ColumnType type) {
  using core::ColumnType;
  return type == ColumnType::short_integer || type == ColumnType::integer ||
         type == ColumnType::long_integer || type == ColumnType::double_float;
}

}  // namespace

core::ColumnType stored_type(const core::Table& table, std::string_view column) {
  if (column == kDeleted) return core::ColumnType::boolean;
  const auto found = std::ranges::find(table.columns, column, &core::Column::name);
  return found == table.columns.end() ? core::ColumnType::none : found->type;
}

bool is_ordered_by_value(core::ColumnType stored, core::ColumnType as) {
  return has_values_in_order(stored) && has_values_in_order(as);
}

}  // namespace destinations
