// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_engine.hpp"
#include "destinations/postgres_types.hpp"
#include "destinations/sql_text.hpp"
#include "destinations/system_columns.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace destinations {
base::Result<void> PostgresEngine::reshape(const TablePlan& plan, const core::Table& before) {
  const core::Table& table = plan.table;
  const std::string name = qualified(table.name);
  Joined actions(", ");
  if (plan.create) {
    for (const core::Column& column : table.columns)
      actions.add(postgres_column_name(column.name) + " " + postgres_type(column));
    for (const std::string_view system : system_columns(table))
      actions.add(quoted_name(system) + " " + postgres_system_type(system));
    FSIM_TRY(execute(fmt::format("CREATE TABLE {}({})", name, actions.take()),
                     fmt::format("create {} in", table.name)));
    return table.primary_key.empty() ? base::Result<void>() : add_key(table);
  }
  const bool rekey = plan.key_changed && !before.primary_key.empty();
  const bool retyped_key = std::ranges::any_of(
      plan.retyped, [&](const Retype& retype) { return table.columns[retype.column].key; });
  FSIM_ASSIGN(const bool long_key, has_long_keys(before));
  if (rekey || (long_key && retyped_key)) FSIM_TRY(drop_key(before));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const core::Column& column = table.columns[c];
    const std::string column_is = postgres_column_name(column.name), type = postgres_type(column);
    if (c >= before.columns.size())
      actions.add(fmt::format("ADD {} {}", column_is, type));
    else if (before.columns[c].type != column.type || postgres_type(before.columns[c]) != type)
      actions.add(fmt::format("ALTER {} TYPE {} USING {}", column_is, type,
                              postgres_conversion(column_is, before.columns[c], column)));
  }
  if (plan.adds_deleted_column)
    actions.add("ADD " + quoted_name(kDeleted) + " " + postgres_system_type(kDeleted));
  if (const std::string all = actions.take(); !all.empty())
    FSIM_TRY(execute(fmt::format("ALTER TABLE {} {}", name, all),
                     fmt::format("change columns of {} in", table.name)));
  if (!plan.key_changed) return long_key && retyped_key ? add_key(table) : base::Result<void>();
  FSIM_TRY(keep_last_of_keys(plan, before));
  return add_key(table);
}

base::Result<protocol::DecimalDigits> PostgresEngine::stored_digits(const std::string& table,
                                                                    const core::Column& column) {
  core::Column decimal = column;
  decimal.type = core::ColumnType::decimal;
  const std::string number =
      postgres_conversion(postgres_column_name(column.name), column, decimal) + "::text";
  // Digits in front of the point but for a single zero, and those behind it but for zeros at the
  // end.
  FSIM_ASSIGN(const auto found,
              select(fmt::format("SELECT max(length(substring({0} FROM '^-?([1-9][0-9]*)'))), "
                                 "max(length(substring({0} FROM '[.]([0-9]*[1-9])'))) FROM {1}",
                                 number, qualified(table)),
                     fmt::format("read {} in", table)));
  const auto count = [&](std::size_t cell) {
    return found[0][cell] ? std::atoi(found[0][cell]->c_str()) : 0;
  };
  return protocol::DecimalDigits{count(0), count(1)};
}

}  // namespace destinations
