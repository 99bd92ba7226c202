// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_foreign.hpp"

#include "destinations/sql_text.hpp"
#include "destinations/system_columns.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr char kReading[] = "read";

std::string in_schema(const DuckDb& db) {
  return fmt::format("database_name = {} AND schema_name = {}", literal(db.catalog()),
                     literal(db.schema()));
}

base::Result<void> read_columns(DuckDb& db, core::Table& table) {
  FSIM_ASSIGN(const DuckResult none,
              db.run(fmt::format("SELECT * FROM {} LIMIT 0", db.qualified(table.name)), kReading));
  for (std::size_t c = 0; c < none.columns(); ++c) {
    const std::string name = none.column_name(c);
    if (name == kDeleted) table.has_deleted_column = true;
    if (is_system_column(name)) continue;
    table.columns.push_back({name, name, none.type(c).column_type(), false, false});
  }
  return {};
}

// Texts that all look like objects or arrays are JSON, which is stored so where the type is not
// declared.
base::Result<void> find_json(DuckDb& db, core::Table& table) {
  Joined tests(", ");
  for (const core::Column& column : table.columns)
    tests.add(column.type == core::ColumnType::string
                  ? fmt::format("coalesce(bool_and(left(CAST({} AS VARCHAR), 1) IN ('{{', '[')), "
                                "false)",
                                quoted_name(column.name))
                  : "false");
  if (table.columns.empty()) return {};
  FSIM_ASSIGN(const auto found,
              db.select(fmt::format("SELECT {} FROM {}", tests.take(), db.qualified(table.name)),
                        kReading));
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (found.at(0)[c] == "true") table.columns[c].type = core::ColumnType::json;
  return {};
}

}  // namespace

base::Result<bool> is_foreign(DuckDb& db) {
  FSIM_ASSIGN(const auto tables,
              db.select(fmt::format("SELECT count(*), count(*) FILTER (table_name = "
                                    "'_fivetran_sim_connection') FROM duckdb_tables() WHERE {}",
                                    in_schema(db)),
                        kReading));
  return tables.at(0).at(0) != "0" && tables.at(0).at(1) == "0";
}

base::Result<Catalog> read_foreign_catalog(DuckDb& db) {
  Catalog catalog;
  FSIM_ASSIGN(const auto names,
              db.select("SELECT table_name FROM duckdb_tables() WHERE " + in_schema(db), kReading));
  for (const SqlRow& row : names) {
    const std::string name = row[0].value_or("");
    core::Table& table = catalog[name];
    table.name = table.source = name;
    FSIM_TRY(read_columns(db, table));
    FSIM_TRY(find_json(db, table));
  }
  FSIM_ASSIGN(const auto json,
              db.select("SELECT table_name, column_name FROM duckdb_columns() WHERE data_type = "
                        "'JSON' AND " +
                            in_schema(db),
                        kReading));
  for (const SqlRow& row : json)
    for (core::Column& column : catalog[row[0].value_or("")].columns)
      if (column.name == row[1]) column.type = core::ColumnType::json;
  FSIM_ASSIGN(const auto keys,
              db.select("SELECT table_name, unnest(constraint_column_names) FROM "
                        "duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' AND " +
                            in_schema(db),
                        kReading));
  for (const SqlRow& row : keys) {
    core::Table& table = catalog[row[0].value_or("")];
    table.primary_key.push_back(row[1].value_or(""));
    for (core::Column& column : table.columns)
      if (column.name == row[1]) column.key = true;
  }
  return catalog;
}

}  // namespace destinations
