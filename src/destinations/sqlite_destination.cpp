// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_destination.hpp"

#include "destinations/sql_text.hpp"
#include "destinations/sqlite_query.hpp"

#include <fmt/format.h>

namespace destinations {

base::Result<std::optional<core::ConnectionInfo>> SqliteDestination::connection() {
  return book_.connection();
}

base::Result<void> SqliteDestination::adopt(const core::ConnectionInfo& info) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.target = info.target;
  row.naming = info.naming;
  return save(std::move(row), false);
}

base::Result<std::optional<core::StoredState>> SqliteDestination::state() {
  return book_.row.state;
}

base::Result<std::vector<core::StoredState>> SqliteDestination::state_history() {
  if (!ours_) return std::vector<core::StoredState>{};
  return meta_.history();
}

base::Result<void> SqliteDestination::set_state(const core::State& state, core::WallTime now) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.state = core::StoredState{state, static_cast<int>(row.syncs), 0, "", now, true};
  return save(std::move(row), true);
}

base::Result<void> SqliteDestination::clear_state() {
  if (!book_.row.state) return {};
  ConnectionRow row = book_.row;
  row.state.reset();
  return save(std::move(row), false);
}

base::Result<std::vector<core::Table>> SqliteDestination::tables() {
  std::vector<core::Table> tables;
  for (const auto& [name, table] : book_.catalog) {
    SqliteTable counted(db_, *rows_, table);
    FSIM_TRY(counted.recount());
    tables.push_back(counted.table());
  }
  return tables;
}

base::Result<int> SqliteDestination::begin_sync(const std::string&, core::WallTime now) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.begin_sync(now);
  FSIM_TRY(save(std::move(row), false));
  book_.note_rows_before_sync();
  return static_cast<int>(book_.row.syncs);
}

base::Result<core::QueryResult> SqliteDestination::query(std::string_view sql) {
  return run_query(db_, sql);
}

base::Result<std::unique_ptr<core::RowCursor>> SqliteDestination::scan(const core::Scan& scan) {
  const auto table = book_.catalog.find(scan.table);
  if (table == book_.catalog.end())
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot read {} in {}: no such table", scan.table, db_.name()));
  return open_cursor(db_, table->second, scan);
}

base::Result<void> SqliteDestination::reset() {
  if (!ours_) return {};
  writers_.clear();
  checkpoints_.finish();
  FSIM_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(db_, "reset"));
  for (const auto& [name, table] : book_.catalog)
    FSIM_TRY(db_.execute("DROP TABLE IF EXISTS " + quoted(name), "reset"));
  FSIM_TRY(meta_.drop());
  FSIM_TRY(transaction.commit());
  ours_ = false;
  book_.clear();
  return db_.execute("VACUUM", "reset");
}

// The row is kept in memory only once it is stored.
base::Result<void> SqliteDestination::save(ConnectionRow row, bool to_history) {
  FSIM_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(db_, "keep the state in"));
  FSIM_TRY(meta_.save(row));
  if (to_history) FSIM_TRY(meta_.append_history(*row.state));
  FSIM_TRY(transaction.commit());
  book_.row = std::move(row);
  return {};
}

}  // namespace destinations
