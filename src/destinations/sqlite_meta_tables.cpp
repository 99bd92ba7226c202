// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_meta.hpp"
#include "destinations/stored_facts.hpp"

#include <algorithm>

namespace destinations {
base::Result<void> SqliteMeta::read_tables(SchemaBook& book) {
  FSIM_ASSIGN(SqliteStatement rows,
              db_->prepare("SELECT name, source, has_deleted, row_count, batch, next_index "
                           "FROM _fivetran_sim_tables WHERE name IN "
                           "(SELECT name FROM sqlite_schema WHERE type = 'table')"));
  Step step = rows.step();
  for (; step == Step::row; step = rows.step()) {
    const std::string name(rows.text(0));
    core::Table& table = book.catalog[name];
    table.name = name;
    table.source = rows.text(1);
    table.has_deleted_column = rows.integer(2) != 0;
    table.rows = static_cast<std::uint64_t>(stored_count(rows.integer(3)));
    book.positions[name] = {stored_count(rows.integer(4)), stored_count(rows.integer(5))};
  }
  if (step == Step::failed) return tl::unexpected(db_->error("read"));
  return {};
}

base::Result<void> SqliteMeta::read_columns(Catalog& catalog) {
  FSIM_ASSIGN(SqliteStatement rows,
              db_->prepare("SELECT table_name, name, source, type, key_position, beyond_double, "
                           "whole_digits, fraction_digits "
                           "FROM _fivetran_sim_columns ORDER BY table_name, position"));
  StoredKeys keys;
  Step step = rows.step();
  for (; step == Step::row; step = rows.step()) {
    const auto table = catalog.find(rows.text(0));
    if (table == catalog.end()) continue;
    core::Column& column = table->second.columns.emplace_back();
    column.name = rows.text(1);
    column.source = rows.text(2);
    column.type = core::column_type_named(rows.text(3)).value_or(core::ColumnType::string);
    column.key = rows.integer(4) > 0;
    column.beyond_double = rows.integer(5) != 0;
    column.whole_digits = stored_digits(rows.integer(6));
    column.fraction_digits = stored_digits(rows.integer(7));
    keys.add(table->first, rows.integer(4), column.name);
  }
  if (step == Step::failed) return tl::unexpected(db_->error("read"));
  keys.write_to(catalog);
  return {};
}

base::Result<void> SqliteMeta::save_shape(const core::Table& table) {
  if (!kept_) return {};
  FSIM_ASSIGN(SqliteStatement save,
              db_->prepare("REPLACE INTO _fivetran_sim_tables VALUES (?1, ?2, ?3, 0, 0, 0)"));
  save.bind(1, table.name);
  save.bind(2, table.source);
  save.bind(3, std::int64_t{table.has_deleted_column});
  FSIM_TRY(run(save));
  FSIM_ASSIGN(SqliteStatement forget,
              db_->prepare("DELETE FROM _fivetran_sim_columns WHERE table_name = ?1"));
  forget.bind(1, table.name);
  FSIM_TRY(run(forget));
  FSIM_ASSIGN(SqliteStatement add,
              db_->prepare("INSERT INTO _fivetran_sim_columns VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
                           "?8, ?9)"));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const core::Column& column = table.columns[c];
    const std::string type(core::name(column.type));
    const auto part = std::ranges::find(table.primary_key, column.name);
    const bool key = part != table.primary_key.end();
    add.bind(1, table.name);
    add.bind(2, static_cast<std::int64_t>(c));
    add.bind(3, column.name);
    add.bind(4, column.source);
    add.bind(5, type);
    add.bind(6, key ? static_cast<std::int64_t>(part - table.primary_key.begin()) + 1 : 0);
    add.bind(7, std::int64_t{column.beyond_double});
    add.bind(8, std::int64_t{column.whole_digits});
    add.bind(9, std::int64_t{column.fraction_digits});
    FSIM_TRY(run(add));
  }
  return {};
}

base::Result<void> SqliteMeta::save_counts(const core::Table& table,
                                           const AppendPosition& position) {
  if (!kept_) return {};
  FSIM_TRY(ready(save_counts_,
                 "UPDATE _fivetran_sim_tables SET row_count = ?2, batch = ?3, next_index = ?4 "
                 "WHERE name = ?1"));
  save_counts_.bind(1, table.name);
  save_counts_.bind(2, static_cast<std::int64_t>(table.rows));
  save_counts_.bind(3, position.batch);
  save_counts_.bind(4, position.next_index);
  return run(save_counts_);
}

}  // namespace destinations
