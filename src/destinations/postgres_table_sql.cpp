// SPDX-License-Identifier: Apache-2.0
// The parts of the statements of PostgresTable.
#include "destinations/postgres_table.hpp"
#include "destinations/sql_text.hpp"
#include "destinations/stage_rows.hpp"
#include "destinations/system_columns.hpp"

#include <fmt/format.h>

namespace destinations {
namespace {

// json has no equality; its text keeps all that was sent.
std::string comparable(const std::string& expression, const core::Column& column) {
  return column.type == core::ColumnType::json ? expression + "::text" : expression;
}

}  // namespace

std::string PostgresTable::timestamp_literal(std::string_view synced) {
  return literal(synced) + "::timestamptz";
}

std::string PostgresTable::stored_columns() const {
  Joined names(", ");
  for (const core::Column& column : table_.columns) names.add(postgres_column_name(column.name));
  for (const std::string_view name : system_columns(table_)) names.add(quoted_name(name));
  return names.take();
}

std::string PostgresTable::staged_values(const std::string& batch, const std::string& index) const {
  Joined values(", ");
  for (std::size_t c = 0; c < table_.columns.size(); ++c) values.add(fmt::format("s.c{}", c));
  for (const std::string_view name : system_columns(table_))
    values.add(name == kSynced    ? timestamp_literal(stamp_.synced)
               : name == kDeleted ? "false"
               : name == kBatch   ? batch
                                  : index);
  return values.take();
}

std::string PostgresTable::same_key(bool all_columns) const {
  Joined terms(" AND ");
  std::size_t part = 0;
  for (std::size_t c = 0; c < table_.columns.size(); ++c)
    if (table_.columns[c].key)
      terms.add(fmt::format("t.{} = s.c{}", postgres_column_name(table_.columns[c].name),
                            all_columns ? c : part++));
  return terms.take();
}

std::string PostgresTable::staged_with_stored() const {
  return fmt::format("{} s JOIN {} t ON {} WHERE s.staged_as <> {}", engine_.stage_name(),
                     engine_.qualified(table_.name), same_key(true),
                     static_cast<int>(StagedAs::last));
}

std::string PostgresTable::written_before(const std::string& time) const {
  return fmt::format("t.{} < {}", quoted_name(kSynced), timestamp_literal(time));
}

std::string PostgresTable::all_equal() const {
  Joined terms(" AND ");
  if (table_.has_deleted_column) terms.add("NOT t." + quoted_name(kDeleted));
  for (std::size_t c = 0; c < table_.columns.size(); ++c)
    if (const core::Column& column = table_.columns[c]; !column.key)
      terms.add(fmt::format("{} IS NOT DISTINCT FROM {}",
                            comparable("t." + postgres_column_name(column.name), column),
                            comparable(fmt::format("s.c{}", c), column)));
  const std::string all = terms.take();
  return all.empty() ? "true" : all;
}

std::string PostgresTable::doing() const {
  return fmt::format("load {} into", table_.name);
}

}  // namespace destinations
