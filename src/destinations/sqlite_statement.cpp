// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_db.hpp"

#include <sqlite3.h>

namespace destinations {

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void SqliteStatement::bind(int parameter, const Cell& cell) {
  switch (cell.form) {
    case CellForm::absent:
    case CellForm::null: sqlite3_bind_null(handle(), parameter); break;
    case CellForm::integer: sqlite3_bind_int64(handle(), parameter, cell.integer); break;
    case CellForm::real: sqlite3_bind_double(handle(), parameter, cell.real); break;
    case CellForm::text: bind(parameter, cell.text); break;
  }
}

void SqliteStatement::bind(int parameter, std::int64_t value) {
  sqlite3_bind_int64(handle(), parameter, value);
}

void SqliteStatement::bind(int parameter, std::string_view text) {
  // An empty view may have no address, which SQLite would take as null.
  sqlite3_bind_text(handle(), parameter, text.empty() ? "" : text.data(),
                    static_cast<int>(text.size()), SQLITE_STATIC);
}

void SqliteStatement::bind_null(int parameter) {
  sqlite3_bind_null(handle(), parameter);
}

Step SqliteStatement::step() {
  switch (sqlite3_step(handle())) {
    case SQLITE_ROW: return Step::row;
    case SQLITE_DONE: return Step::done;
    default: return Step::failed;
  }
}

bool SqliteStatement::run() {
  const bool done = sqlite3_step(handle()) == SQLITE_DONE;
  return sqlite3_reset(handle()) == SQLITE_OK && done;
}

void SqliteStatement::reset() {
  sqlite3_reset(handle());
}

int SqliteStatement::columns() const {
  return sqlite3_column_count(handle());
}

std::string SqliteStatement::column_name(int column) const {
  const char* name = sqlite3_column_name(handle(), column);
  return name == nullptr ? "" : name;
}

std::string_view SqliteStatement::declared_type(int column) const {
  const char* type = sqlite3_column_decltype(handle(), column);
  return type == nullptr ? "" : type;
}

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(handle(), column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(handle(), column);
}

std::string_view SqliteStatement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle(), column));
  return {text == nullptr ? "" : text,
          static_cast<std::size_t>(sqlite3_column_bytes(handle(), column))};
}

Cell SqliteStatement::cell(int column) const {
  Cell cell;
  switch (sqlite3_column_type(handle(), column)) {
    case SQLITE_NULL: cell.form = CellForm::null; break;
    case SQLITE_INTEGER:
      cell.form = CellForm::integer;
      cell.integer = integer(column);
      break;
    case SQLITE_FLOAT:
      cell.form = CellForm::real;
      cell.real = sqlite3_column_double(handle(), column);
      break;
    default:
      cell.form = CellForm::text;
      cell.text = text(column);
      break;
  }
  return cell;
}

}  // namespace destinations
