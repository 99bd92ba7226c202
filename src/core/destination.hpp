// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/load.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

// A committed state and where it came from.
struct StoredState {
  State state;
  int sync = 0, call = 0;  // the call whose response carried it; call 0: set by hand
  std::string sync_id;
  WallTime at{};
  bool sync_finished = true;  // that sync reached hasMore = false
};

// What identifies and limits a connection inside a destination.
struct ConnectionInfo {
  std::string target;               // as described by the connector
  std::string naming = "fivetran";  // or "source": how source names become destination names
};

// A table of text cells, for `sql` and for comparisons. A null is `std::nullopt`.
struct QueryResult {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
  // What the cells of a column are; empty or `none` where the engine does not tell: texts.
  std::vector<ColumnType> types;
};

// What to read of a table, for comparing two of them.
struct ScanColumn {
  std::string name;
  ColumnType as = ColumnType::string;  // cells come as canonical texts of this type
};
struct Scan {
  std::string table;
  std::vector<ScanColumn> columns;  // of Table::columns, or _fivetran_deleted as BOOLEAN
  // Rows come ordered by the first `ordered_by` columns, nulls first: integers and DOUBLE by value,
  // all else by the bytes of the cell's text. So two engines give the same order.
  std::size_t ordered_by = 0;
};

// Reads rows one by one, in memory that does not depend on their number.
class RowCursor {
 public:
  virtual ~RowCursor() = default;
  // Moves to the next row; false at the end.
  virtual base::Result<bool> next() = 0;
  // The cells of the current row in the order asked for, valid until the next call of `next`.
  virtual std::span<const std::optional<std::string_view>> cells() const = 0;
};

// A database that Fivetran would load. One schema of it belongs to one connection; rows, state and
// history lie together and change together.
class Destination {
 public:
  virtual ~Destination() = default;

  // The connector that this schema belongs to, or none when it is new.
  virtual base::Result<std::optional<ConnectionInfo>> connection() = 0;
  // Makes the schema ours and notes whose it is.
  virtual base::Result<void> adopt(const ConnectionInfo& info) = 0;

  virtual base::Result<std::optional<StoredState>> state() = 0;
  virtual base::Result<std::vector<StoredState>> state_history() = 0;  // newest first
  virtual base::Result<void> set_state(const State& state, WallTime now) = 0;
  virtual base::Result<void> clear_state() = 0;

  virtual base::Result<std::vector<Table>> tables() = 0;

  // Begins a sync and returns its number in this connection, from 1. `resync`: it starts at `{}`
  // over existing data.
  virtual base::Result<int> begin_sync(const std::string& sync_id, WallTime now) = 0;
  // Loads a page and commits its state in one transaction: soft-delete marks, inserts, deletes,
  // then the state. Error: nothing of the page was kept.
  virtual base::Result<LoadFacts> load(const LoadBatch& batch) = 0;

  // Runs one read-only statement.
  virtual base::Result<QueryResult> query(std::string_view sql) = 0;
  // Reads a table row by row. The cursor must not outlive the destination, and nothing is loaded
  // while it is open.
  virtual base::Result<std::unique_ptr<RowCursor>> scan(const Scan& scan);
  // Drops the tables that we made and forgets state and history.
  virtual base::Result<void> reset() = 0;

  // "sqlite:.fivetran-sim/warehouse.sqlite"
  virtual std::string describe() const = 0;
};

// Destinations that nobody compares need no cursor.
inline base::Result<std::unique_ptr<RowCursor>> Destination::scan(const Scan&) {
  return base::fail(base::ErrorKind::usage,
                    "cannot compare " + describe() + ": it offers no reading in order");
}

}  // namespace core
