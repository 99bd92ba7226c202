// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_query.hpp"

#include "destinations/sqlite_convert.hpp"
#include "protocol/time_text.hpp"
#include "protocol/widening.hpp"

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr char kDoing[] = "run the statement in";

// Lifts the guard again on every way out.
class Guard {
 public:
  explicit Guard(SqliteDb& db) : db_(db) { db_.guard(true); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard() { db_.guard(false); }

 private:
  SqliteDb& db_;
};

tl::unexpected<base::Error> statement_error(const SqliteDb& db) {
  if (db.was_denied())
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot {} {}: only reading is allowed here (use SELECT; to "
                                  "change the database open it with another tool)",
                                  kDoing, db.name()));
  base::Error error = db.error(kDoing);
  if (error.kind == base::ErrorKind::internal) error.kind = base::ErrorKind::usage;
  return tl::unexpected(std::move(error));
}

// Of a cell of an expression, for which nothing is declared.
core::ColumnType type_of(const Cell& cell) {
  switch (cell.form) {
    case CellForm::integer: return core::ColumnType::long_integer;
    case CellForm::real: return core::ColumnType::double_float;
    case CellForm::text: return core::ColumnType::string;
    default: return core::ColumnType::none;
  }
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n;") == text.npos;
}

}  // namespace

base::Result<core::QueryResult> run_query(SqliteDb& db, std::string_view sql) {
  const Guard guard(db);
  auto prepared = db.prepare_first(sql, kDoing);
  if (!prepared) return statement_error(db);
  SqliteStatement& statement = prepared->statement;
  if (!statement || !is_blank(prepared->rest))
    return base::fail(
        base::ErrorKind::usage,
        fmt::format("cannot {} {}: exactly one statement is needed", kDoing, db.name()));
  core::QueryResult result;
  std::vector<core::ColumnType> declared;
  for (int c = 0; c < statement.columns(); ++c) {
    result.columns.push_back(statement.column_name(c));
    declared.push_back(type_declared_by(statement.declared_type(c)));
  }
  result.types = declared;
  Step step = statement.step();
  for (; step == Step::row; step = statement.step()) {
    std::vector<std::optional<std::string>>& row = result.rows.emplace_back();
    for (std::size_t c = 0; c < declared.size(); ++c) {
      const Cell cell = statement.cell(static_cast<int>(c));
      std::optional<std::string>& text = row.emplace_back(text_of(cell, declared[c]));
      // _fivetran_synced is stored with all its digits.
      if (text && declared[c] == core::ColumnType::instant && !protocol::is_plain_instant(*text))
        text = protocol::instant_text(*text);
      if (declared[c] == core::ColumnType::none)
        result.types[c] = protocol::widen(result.types[c], type_of(cell), false);
    }
  }
  if (step == Step::failed) return statement_error(db);
  return result;
}

}  // namespace destinations
