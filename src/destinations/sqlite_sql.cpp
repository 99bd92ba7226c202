// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_sql.hpp"

#include "destinations/sql_text.hpp"
#include "destinations/sqlite_convert.hpp"
#include "destinations/system_columns.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace destinations {
namespace {

using core::ColumnType;

std::string parameter(std::size_t number) {
  return fmt::format("?{}", number);
}

std::string where_key(const core::Table& table) {
  Joined terms(" AND ");
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c].key)
      terms.add(quoted_name(table.columns[c].name) + " = " + parameter(c + 1));
  return " WHERE " + terms.take();
}

std::string declared_system_type(std::string_view column) {
  if (column == kSynced) return declared_type(ColumnType::instant);
  // Rows that were there before the column came are not deleted.
  if (column == kDeleted) return declared_type(ColumnType::boolean) + " DEFAULT 0";
  return declared_type(ColumnType::long_integer);
}

std::string column_list(const core::Table& table) {
  Joined names(", ");
  for (const core::Column& column : table.columns) names.add(quoted_name(column.name));
  for (const std::string_view name : system_columns(table)) names.add(quoted_name(name));
  return names.take();
}

// A name by which SQLite gives the number of a row, unless the table's own columns took them all.
std::string_view row_number(const core::Table& table) {
  for (const std::string_view name : {"rowid", "_rowid_", "oid"})
    if (std::ranges::find(table.columns, name, &core::Column::name) == table.columns.end())
      return name;
  return "";
}

// Oldest rows first, so that the last one of a key wins.
std::string load_order(const core::Table& table) {
  if (table.primary_key.empty())
    return fmt::format(" ORDER BY {}, {}", quoted_name(kBatch), quoted_name(kIndex));
  const std::string_view number = row_number(table);
  return " ORDER BY " + quoted_name(kSynced) + (number.empty() ? "" : ", ") + std::string(number);
}

void add_system_values(const core::Table& table, Joined& values) {
  const SqliteParameters parameters(table);
  for (const std::string_view name : system_columns(table)) {
    const int number = name == kSynced  ? parameters.synced
                       : name == kBatch ? parameters.batch
                                        : parameters.index;
    values.add(name == kDeleted ? "0" : parameter(static_cast<std::size_t>(number)));
  }
}

std::string keep_stored(const core::Table& table) {
  return table.primary_key.empty() ? ""
                                   : fmt::format(" ON CONFLICT ({}) DO NOTHING", key_list(table));
}

}  // namespace

std::string insert_sql(const core::Table& table) {
  Joined values(", ");
  for (std::size_t c = 0; c < table.columns.size(); ++c) values.add(parameter(c + 1));
  add_system_values(table, values);
  return fmt::format("INSERT INTO {}({}) VALUES ({}){}", quoted_name(table.name),
                     column_list(table), values.take(), keep_stored(table));
}

std::string insert_page_sql(const core::Table& table, std::string_view rows) {
  Joined values(", ");
  for (std::size_t c = 0; c < table.columns.size(); ++c) values.add(fmt::format("c{}", c));
  const SqliteParameters parameters(table);
  for (const std::string_view name : system_columns(table))
    values.add(name == kSynced    ? fmt::format("?{}", parameters.synced)
               : name == kBatch   ? fmt::format("?{}", parameters.batch)
               : name == kDeleted ? "0"
                                  : fmt::format("?{} + n", parameters.index));
  return fmt::format("INSERT INTO {}({}) SELECT {} FROM {} WHERE true{}", quoted_name(table.name),
                     column_list(table), values.take(), rows, keep_stored(table));
}

std::string select_sql(const core::Table& table) {
  Joined names(", ");
  for (const core::Column& column : table.columns) names.add(quoted_name(column.name));
  names.add(quoted_name(kSynced));
  if (table.has_deleted_column) names.add(quoted_name(kDeleted));
  return fmt::format("SELECT {} FROM {}{}", names.take(), quoted_name(table.name),
                     where_key(table));
}

std::string replace_sql(const core::Table& table) {
  Joined changes(", ");
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (!table.columns[c].key)
      changes.add(quoted_name(table.columns[c].name) + " = " + parameter(c + 1));
  changes.add(fmt::format("{} = ?{}", quoted_name(kSynced), SqliteParameters(table).synced));
  if (table.has_deleted_column) changes.add(quoted_name(kDeleted) + " = 0");
  return fmt::format("UPDATE {} SET {}{}", quoted_name(table.name), changes.take(),
                     where_key(table));
}

std::string exists_sql(const core::Table& table) {
  return fmt::format("SELECT 1 FROM {}{}", quoted_name(table.name), where_key(table));
}

std::string delete_sql(const core::Table& table) {
  return fmt::format("DELETE FROM {}{}", quoted_name(table.name), where_key(table));
}

std::string mark_sql(const core::Table& table) {
  return fmt::format("UPDATE {} SET {} = 1, {} = ?{}{}", quoted_name(table.name),
                     quoted_name(kDeleted), quoted_name(kSynced), SqliteParameters(table).synced,
                     where_key(table));
}

std::string mark_missing_sql(const core::Table& table) {
  return fmt::format("UPDATE {0} SET {1} = 1 WHERE {2} < ?1 AND NOT {1}", quoted_name(table.name),
                     quoted_name(kDeleted), quoted_name(kSynced));
}

std::string create_sql(const core::Table& table, std::string_view name) {
  Joined columns(", ");
  for (const core::Column& column : table.columns)
    columns.add(quoted_name(column.name) + " " + declared_type(column.type));
  for (const std::string_view system : system_columns(table))
    columns.add(quoted_name(system) + " " + declared_system_type(system));
  if (!table.primary_key.empty()) columns.add(fmt::format("PRIMARY KEY ({})", key_list(table)));
  return fmt::format("CREATE TABLE {}({})", quoted_name(name), columns.take());
}

std::string add_column_sql(const core::Table& table, const core::Column& column) {
  return fmt::format("ALTER TABLE {} ADD COLUMN {} {}", quoted_name(table.name),
                     quoted_name(column.name), declared_type(column.type));
}

std::string add_deleted_sql(const core::Table& table) {
  return fmt::format("ALTER TABLE {} ADD COLUMN {} {}", quoted_name(table.name),
                     quoted_name(kDeleted), declared_system_type(kDeleted));
}

std::string copy_sql(const TablePlan& plan, const core::Table& before, std::string_view into) {
  Joined names(", "), values(", ");
  for (std::size_t c = 0; c < before.columns.size(); ++c) {
    const std::string name = quoted_name(before.columns[c].name);
    names.add(name);
    values.add(conversion_sql(name, before.columns[c].type, plan.table.columns[c].type));
  }
  const std::vector<std::string_view> kept = system_columns(plan.table);
  for (const std::string_view name : system_columns(before)) {
    if (std::ranges::find(kept, name) == kept.end()) continue;
    names.add(quoted_name(name));
    values.add(quoted_name(name));
  }
  return fmt::format("INSERT {}INTO {}({}) SELECT {} FROM {}{}",
                     plan.key_changed ? "OR REPLACE " : "", quoted_name(into), names.take(),
                     values.take(), quoted_name(before.name),
                     plan.key_changed ? load_order(before) : "");
}

}  // namespace destinations
