// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/row_cells.hpp"
#include "destinations/sqlite_db.hpp"

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace destinations {

// Offers the usable rows of a page to SQLite as a virtual table, so that one `INSERT … SELECT`
// takes them all: a third cheaper than a statement that is bound and run for each row.
class SqliteRowSource {
 public:
  // For statements of `db`, which outlives it.
  explicit SqliteRowSource(SqliteDb& db) : db_(db) {}
  SqliteRowSource(const SqliteRowSource&) = delete;
  SqliteRowSource& operator=(const SqliteRowSource&) = delete;

  // The virtual table to select from for a table of so many columns: its columns are c0, c1, … and
  // n, which counts the rows from 0.
  base::Result<std::string> table_for(std::size_t columns);

  // Gives these rows to the next statement, until it has run. Both stay alive so long.
  void offer(const PlannedRows& planned, RowCells& cells);
  // The rows that the statement did not insert since their key was stored already, in order. Ends
  // the offer.
  std::vector<std::size_t> take_met();

 private:
  struct Module;
  struct Cursor;
  friend struct Module;
  void note_last();

  SqliteDb& db_;
  std::set<std::size_t> widths_;  // of the virtual tables that there are
  const PlannedRows* planned_ = nullptr;
  RowCells* cells_ = nullptr;
  std::size_t row_ = 0;  // the one that the statement is at
  std::vector<std::size_t> met_;
};

}  // namespace destinations
