// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/row_cells.hpp"
#include "destinations/sqlite_db.hpp"

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

struct sqlite3_context;
struct sqlite3_value;

namespace destinations {

// Offers the usable rows of a page to SQLite as a virtual table, so that one `INSERT … SELECT`
// takes them all: a third cheaper than a statement that is bound and run for each row.
class SqliteRowSource {
 public:
  // For statements of `db`, which outlives it.
  static base::Result<std::unique_ptr<SqliteRowSource>> open(SqliteDb& db);

  // The virtual table to select from for a table of so many columns: its columns are c0, c1, … and
  // n, which counts the rows from 0.
  base::Result<std::string> table_for(std::size_t columns);

  // Gives these rows to the next statement, until it has run. Both stay alive so long.
  void offer(const PlannedRows& planned, RowCells& cells);
  // The rows for which the statement called fsim_met(), which is how `ON CONFLICT` tells that a key
  // is stored already; in order. Ends the offer.
  std::vector<std::size_t> take_met();

 private:
  struct Module;
  struct Cursor;
  friend struct Module;
  explicit SqliteRowSource(SqliteDb& db) : db_(db) {}
  static void met(sqlite3_context* context, int count, sqlite3_value** arguments);

  SqliteDb& db_;
  std::set<std::size_t> widths_;  // of the virtual tables that there are
  const PlannedRows* planned_ = nullptr;
  RowCells* cells_ = nullptr;
  std::size_t row_ = 0;  // the one that the statement is at
  std::vector<std::size_t> met_;
};

}  // namespace destinations
