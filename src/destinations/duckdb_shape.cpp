// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_shape.hpp"

#include "destinations/duckdb_convert.hpp"
#include "destinations/row_cells.hpp"
#include "destinations/sql_text.hpp"
#include "destinations/system_columns.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr char kCopy[] = "_fivetran_sim_copy";

std::string system_type(std::string_view column) {
  if (column == kSynced) return "TIMESTAMP WITH TIME ZONE";
  // Rows that were there before the column came are not deleted.
  if (column == kDeleted) return "BOOLEAN DEFAULT false";
  return "BIGINT";
}

// No primary key is declared. DuckDB keeps its index in memory and checks it too eagerly: within
// one transaction a key that was deleted cannot come again. The merge keeps keys unique by itself,
// and a scan of the key columns, which zone maps cut short, is faster than the index.
std::string create_sql(const core::Table& table, const std::vector<DuckStorage>& storages,
                       const std::string& name) {
  Joined columns(", ");
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    columns.add(quoted_name(table.columns[c].name) + " " + sql_type(storages[c]));
  for (const std::string_view system : system_columns(table))
    columns.add(quoted_name(system) + " " + system_type(system));
  return fmt::format("CREATE TABLE {}({})", name, columns.take());
}

// Which rows stay when a table gets another key: the last one of each, by the order in which they
// were loaded. Rows with a null in their key are never one.
std::string last_of_key(const core::Table& table, const core::Table& before) {
  const bool has_row_id =
      std::ranges::none_of(before.columns, [](const core::Column& c) { return c.name == "rowid"; });
  const std::string order =
      before.primary_key.empty()
          ? fmt::format("{} DESC, {} DESC", quoted_name(kBatch), quoted_name(kIndex))
          : fmt::format("{} DESC{}", quoted_name(kSynced), has_row_id ? ", rowid DESC" : "");
  std::string nulls;
  for (const std::string& part : table.primary_key) {
    const bool stored =
        std::ranges::find(before.columns, part, &core::Column::name) != before.columns.end();
    // A part that comes with this page is null in all rows.
    if (!stored) return "";
    nulls += fmt::format(" OR {} IS NULL", quoted_name(part));
  }
  return fmt::format(" QUALIFY row_number() OVER (PARTITION BY {} ORDER BY {}) = 1{}",
                     key_list(table), order, nulls);
}

std::string copy_sql(const std::string& into, const std::string& from, const TablePlan& plan,
                     const std::vector<DuckStorage>& storages, const core::Table& before,
                     const std::vector<DuckStorage>& stored) {
  Joined names(", "), values(", ");
  for (std::size_t c = 0; c < before.columns.size(); ++c) {
    const std::string name = quoted_name(before.columns[c].name);
    const core::ColumnType type = before.columns[c].type, wanted = plan.table.columns[c].type;
    names.add(name);
    values.add(type == wanted && stored[c] == storages[c]
                   ? name
                   : duckdb_value_sql(name, type, wanted, storages[c]));
  }
  const std::vector<std::string_view> kept = system_columns(plan.table);
  for (const std::string_view name : system_columns(before)) {
    if (std::ranges::find(kept, name) == kept.end()) continue;
    names.add(quoted_name(name));
    values.add(quoted_name(name));
  }
  return fmt::format("INSERT INTO {}({}) SELECT {} FROM {}{}", into, names.take(), values.take(),
                     from, plan.key_changed ? last_of_key(plan.table, before) : "");
}

base::Result<void> rebuild(DuckDb& db, const TablePlan& plan,
                           const std::vector<DuckStorage>& storages, const core::Table& before,
                           const std::vector<DuckStorage>& stored) {
  const std::string doing = fmt::format("rebuild {} in", plan.table.name);
  const std::string copy = db.qualified(kCopy), table = db.qualified(before.name);
  FSIM_ASSIGN(
      const auto indexes,
      db.select(fmt::format("SELECT sql FROM duckdb_indexes() WHERE database_name = {} AND "
                            "schema_name = {} AND table_name = {} AND sql IS NOT NULL",
                            literal(db.catalog()), literal(db.schema()), literal(before.name)),
                doing));
  FSIM_TRY(db.execute(create_sql(plan.table, storages, copy), doing));
  FSIM_TRY(db.execute(copy_sql(copy, table, plan, storages, before, stored), doing));
  FSIM_TRY(db.execute(fmt::format("DROP TABLE {}; ALTER TABLE {} RENAME TO {}", table, copy,
                                  quoted_name(plan.table.name)),
                      doing));
  for (const SqlRow& index : indexes) FSIM_TRY(db.execute(index[0].value_or(""), doing));
  return {};
}

}  // namespace

base::Result<DuckStorages> read_storages(DuckDb& db, const Catalog& catalog) {
  FSIM_ASSIGN(
      const auto rows,
      db.select(fmt::format("SELECT table_name, column_name, data_type FROM "
                            "duckdb_columns() WHERE database_name = {} AND schema_name = {}",
                            literal(db.catalog()), literal(db.schema())),
                "read"));
  DuckStorages storages;
  for (const auto& [name, table] : catalog) storages[name].resize(table.columns.size());
  for (const SqlRow& row : rows) {
    const auto table = catalog.find(row[0].value_or(""));
    if (table == catalog.end()) continue;
    const auto& columns = table->second.columns;
    const auto column = std::ranges::find(columns, row[1].value_or(""), &core::Column::name);
    if (column != columns.end())
      storages[table->first][static_cast<std::size_t>(column - columns.begin())] =
          storage_named(row[2].value_or(""));
  }
  return storages;
}

std::vector<DuckStorage> plan_storages(const core::Table& table) {
  std::vector<DuckStorage> storages;
  storages.reserve(table.columns.size());
  for (const core::Column& column : table.columns)
    storages.push_back(storage_of(column.type, column.fraction_digits));
  return storages;
}

base::Result<protocol::DecimalDigits> stored_digits(DuckDb& db, const std::string& table,
                                                    const core::Column& column) {
  const std::string doing = fmt::format("read {} in", table);
  const std::string name = quoted_name(column.name);
  FSIM_ASSIGN(DuckStatement statement,
              db.prepare(fmt::format("SELECT {} FROM {} WHERE {} IS NOT NULL",
                                     duckdb_text_sql(name, column.type, core::ColumnType::decimal),
                                     db.qualified(table), name),
                         doing));
  FSIM_ASSIGN(DuckResult rows, statement.stream(doing));
  protocol::DecimalDigits digits;
  while (true) {
    FSIM_ASSIGN(const bool more, rows.next());
    if (!more) return digits;
    digits.add(protocol::digits_of(rows.view(0)));
  }
}

base::Result<void> apply_duckdb_shape(DuckDb& db, const TablePlan& plan,
                                      const std::vector<DuckStorage>& storages,
                                      const core::Table& before,
                                      const std::vector<DuckStorage>& stored) {
  const std::string name = db.qualified(plan.table.name);
  if (plan.create)
    return db.execute(create_sql(plan.table, storages, name),
                      fmt::format("create {} in", plan.table.name));
  if (plan.key_changed || !plan.retyped.empty() ||
      !std::equal(stored.begin(), stored.end(), storages.begin()))
    return rebuild(db, plan, storages, before, stored);
  const std::string extending = fmt::format("add columns to {} in", plan.table.name);
  for (const std::size_t c : plan.new_columns)
    FSIM_TRY(db.execute(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", name,
                                    quoted_name(plan.table.columns[c].name), sql_type(storages[c])),
                        extending));
  if (plan.adds_deleted_column)
    FSIM_TRY(db.execute(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", name, quoted_name(kDeleted),
                                    system_type(kDeleted)),
                        extending));
  return {};
}

}  // namespace destinations
