// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_query.hpp"

#include "destinations/sql_text.hpp"
#include "protocol/json_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr char kDoing[] = "run the statement in";

tl::unexpected<base::Error> usage(const DuckDb& db, std::string_view reason) {
  return base::fail(base::ErrorKind::usage,
                    fmt::format("cannot {} {}: {}", kDoing, db.name(), reason));
}

tl::unexpected<base::Error> only_reading(const DuckDb& db) {
  return usage(db,
               "only reading is allowed here (use SELECT; to change the database open it with "
               "another tool)");
}

// What is wrong with a statement of the user is not a mistake of ours.
tl::unexpected<base::Error> statement_error(const DuckDb& db, base::Error error) {
  if (error.message.find("read-only mode") != std::string::npos) return only_reading(db);
  if (error.message.find("disabled by configuration") != std::string::npos)
    return usage(db, "only the tables of the warehouse can be read here, no other file");
  if (error.kind == base::ErrorKind::internal) error.kind = base::ErrorKind::usage;
  return tl::unexpected(std::move(error));
}

// The statement with each column whose type has no canonical text as DuckDB prints it.
std::string printed_sql(const std::string& sql, const DuckResult& result) {
  Joined names(", "), values(", ");
  for (std::size_t c = 0; c < result.columns(); ++c) {
    const std::string name = fmt::format("c{}", c);
    names.add(name);
    values.add(fmt::format(
        "{} AS {}", result.type(c).is_printed() ? name : fmt::format("CAST({} AS VARCHAR)", name),
        quoted_name(result.column_name(c))));
  }
  const std::size_t end = sql.find_last_not_of(" \t\r\n;");
  return fmt::format("SELECT {} FROM ({}\n) AS _({})", values.take(), sql.substr(0, end + 1),
                     names.take());
}

base::Result<DuckResult> run(DuckDb& db, const std::string& sql) {
  auto statement = db.prepare(sql, kDoing);
  if (!statement) return statement_error(db, statement.error());
  if (statement->type() != duck::StatementType::select) return only_reading(db);
  auto result = statement->run(kDoing);
  if (!result) return statement_error(db, result.error());
  for (std::size_t c = 0; c < result->columns(); ++c)
    if (!result->type(c).is_printed()) return db.run(printed_sql(sql, *result), kDoing);
  return result;
}

// JSON is stored as VARCHAR, and DuckDB does not tell which column of a table a result comes from.
// What is called like such a column and holds nothing else is taken for it.
bool holds_only_json(const core::QueryResult& result, std::size_t c) {
  return std::ranges::all_of(result.rows, [&](const auto& row) {
    return !row[c] || protocol::normal_form(*row[c]).has_value();
  });
}

void refine_types(core::QueryResult& result, const Catalog& catalog) {
  for (std::size_t c = 0; c < result.columns.size(); ++c) {
    if (result.types[c] != core::ColumnType::string) continue;
    for (const auto& [name, table] : catalog)
      for (const core::Column& column : table.columns)
        if (column.name == result.columns[c] && result.types[c] == core::ColumnType::string &&
            column.type == core::ColumnType::json && holds_only_json(result, c))
          result.types[c] = column.type;
  }
}

}  // namespace

base::Result<core::QueryResult> run_duckdb_query(DuckDb& db, const std::string& sql,
                                                 const Catalog& catalog) {
  const auto count = db.count_statements(sql, kDoing);
  if (!count) return statement_error(db, count.error());
  if (*count != 1) return usage(db, "exactly one statement is needed");
  FSIM_ASSIGN(DuckResult rows, run(db, sql));
  core::QueryResult result;
  for (std::size_t c = 0; c < rows.columns(); ++c) {
    result.columns.push_back(rows.column_name(c));
    result.types.push_back(rows.type(c).column_type());
  }
  while (true) {
    const auto more = rows.next();
    if (!more) return statement_error(db, more.error());
    if (!*more) break;
    auto& row = result.rows.emplace_back(rows.columns());
    for (std::size_t c = 0; c < row.size(); ++c)
      if (!rows.is_null(c)) row[c] = rows.text(c);
  }
  refine_types(result, catalog);
  return result;
}

}  // namespace destinations
