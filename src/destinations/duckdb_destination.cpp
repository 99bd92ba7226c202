// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_destination.hpp"

#include "destinations/duckdb_query.hpp"
#include "destinations/sql_text.hpp"

#include <fmt/format.h>

namespace destinations {

base::Result<std::optional<core::ConnectionInfo>> DuckDestination::connection() {
  return book_.connection();
}

base::Result<void> DuckDestination::adopt(const core::ConnectionInfo& info) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.target = info.target;
  row.naming = info.naming;
  return save(std::move(row), false);
}

base::Result<std::optional<core::StoredState>> DuckDestination::state() {
  return book_.row.state;
}

base::Result<std::vector<core::StoredState>> DuckDestination::state_history() {
  if (!ours_) return std::vector<core::StoredState>{};
  return meta_.history();
}

base::Result<void> DuckDestination::set_state(const core::State& state, core::WallTime now) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.state = core::StoredState{state, static_cast<int>(row.syncs), 0, "", now, true};
  return save(std::move(row), true);
}

base::Result<void> DuckDestination::clear_state() {
  if (!book_.row.state) return {};
  ConnectionRow row = book_.row;
  row.state.reset();
  return save(std::move(row), false);
}

base::Result<std::vector<core::Table>> DuckDestination::tables() {
  std::vector<core::Table> tables;
  for (const auto& [name, table] : book_.catalog) {
    FSIM_ASSIGN(const auto rows, db_.select("SELECT count(*) FROM " + db_.qualified(name), "read"));
    core::Table& counted = tables.emplace_back(table);
    counted.rows = std::stoull(rows.at(0).at(0).value_or("0"));
  }
  return tables;
}

base::Result<int> DuckDestination::begin_sync(const std::string&, core::WallTime now) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.begin_sync(now);
  FSIM_TRY(save(std::move(row), false));
  book_.note_rows_before_sync();
  return static_cast<int>(book_.row.syncs);
}

base::Result<core::QueryResult> DuckDestination::query(std::string_view sql) {
  return run_duckdb_query(db_, std::string(sql), book_.catalog);
}

base::Result<std::unique_ptr<core::RowCursor>> DuckDestination::scan(const core::Scan& scan) {
  const auto table = book_.catalog.find(scan.table);
  if (table == book_.catalog.end())
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot read {} in {}: no such table", scan.table, db_.name()));
  return open_duckdb_cursor(db_, table->second, scan, foreign_);
}

base::Result<void> DuckDestination::reset() {
  if (!ours_) return {};
  FSIM_ASSIGN(SqlTransaction transaction, SqlTransaction::begin(db_, "reset"));
  for (const auto& [name, table] : book_.catalog)
    FSIM_TRY(db_.execute("DROP TABLE IF EXISTS " + db_.qualified(name), "reset"));
  FSIM_TRY(meta_.drop());
  FSIM_TRY(transaction.commit());
  ours_ = false;
  book_.clear();
  storages_.clear();
  return db_.execute("CHECKPOINT", "reset");
}

// The row is kept in memory only once it is stored.
base::Result<void> DuckDestination::save(ConnectionRow row, bool to_history) {
  FSIM_ASSIGN(SqlTransaction transaction, SqlTransaction::begin(db_, "keep the state in"));
  FSIM_TRY(meta_.save(row));
  if (to_history) FSIM_TRY(meta_.append_history(*row.state));
  FSIM_TRY(transaction.commit());
  book_.row = std::move(row);
  return {};
}

}  // namespace destinations
