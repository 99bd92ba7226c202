// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_meta.hpp"

#include "destinations/stored_facts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr char kTables[] = R"(
CREATE TABLE _fivetran_sim_connection(
  id INTEGER PRIMARY KEY CHECK (id = 1), format INTEGER NOT NULL, target TEXT NOT NULL,
  naming TEXT NOT NULL DEFAULT 'fivetran', syncs INTEGER NOT NULL, batches INTEGER NOT NULL, sync_start INTEGER NOT NULL,
  last_synced INTEGER NOT NULL, state TEXT, state_sync INTEGER, state_call INTEGER,
  state_sync_id TEXT, state_at INTEGER, state_finished INTEGER);
CREATE TABLE _fivetran_sim_history(
  id INTEGER PRIMARY KEY, state TEXT NOT NULL, sync INTEGER NOT NULL, call INTEGER NOT NULL,
  sync_id TEXT NOT NULL, at INTEGER NOT NULL, finished INTEGER NOT NULL);
CREATE TABLE _fivetran_sim_tables(
  name TEXT PRIMARY KEY, source TEXT NOT NULL, has_deleted INTEGER NOT NULL,
  row_count INTEGER NOT NULL, batch INTEGER NOT NULL, next_index INTEGER NOT NULL);
CREATE TABLE _fivetran_sim_columns(
  table_name TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL,
  type TEXT NOT NULL, key_position INTEGER NOT NULL, beyond_double INTEGER NOT NULL,
  whole_digits INTEGER NOT NULL, fraction_digits INTEGER NOT NULL,
  PRIMARY KEY (table_name, position)) WITHOUT ROWID;
)";

constexpr char kDrop[] =
    "DROP TABLE _fivetran_sim_columns; DROP TABLE _fivetran_sim_tables;"
    "DROP TABLE _fivetran_sim_history; DROP TABLE _fivetran_sim_connection";

constexpr char kDoing[] = "keep the state in";
constexpr char kReading[] = "read";

std::int64_t milliseconds(core::WallTime time) {
  return time.time_since_epoch().count();
}

// Columns from `first` on: state, sync, call, sync_id, at, finished.
core::StoredState stored_state(const SqliteStatement& row, int first) {
  core::StoredState state;
  state.state.json = row.text(first);
  state.sync = stored_number(row.integer(first + 1));
  state.call = stored_number(row.integer(first + 2));
  state.sync_id = row.text(first + 3);
  state.at = stored_time(row.integer(first + 4));
  state.sync_finished = row.integer(first + 5) != 0;
  return state;
}

void bind_state(SqliteStatement& statement, int first, const core::StoredState& state) {
  statement.bind(first, state.state.json);
  statement.bind(first + 1, std::int64_t{state.sync});
  statement.bind(first + 2, std::int64_t{state.call});
  statement.bind(first + 3, state.sync_id);
  statement.bind(first + 4, milliseconds(state.at));
  statement.bind(first + 5, std::int64_t{state.sync_finished});
}

}  // namespace

base::Result<bool> SqliteMeta::is_ours() {
  if (!kept_) return false;
  FSIM_ASSIGN(SqliteStatement tables,
              db_->prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                           "'sqlite\\_%' ESCAPE '\\' ORDER BY name = '_fivetran_sim_connection' "
                           "DESC, name LIMIT 1"));
  const Step found = tables.step();
  if (found == Step::failed) return tl::unexpected(db_->error(kReading));
  if (found == Step::done) return false;
  if (tables.text(0) != "_fivetran_sim_connection") return not_ours(db_->name(), tables.text(0));
  FSIM_ASSIGN(SqliteStatement format, db_->prepare("SELECT format FROM _fivetran_sim_connection"));
  if (format.step() != Step::row) return tl::unexpected(db_->error(kReading));
  FSIM_TRY(check_format(format.integer(0), db_->name(), "remove the file and run a sync"));
  return true;
}

base::Result<void> SqliteMeta::create() {
  if (!kept_) return {};
  FSIM_TRY(db_->execute(kTables, kDoing));
  return db_->execute(
      fmt::format("INSERT INTO _fivetran_sim_connection(id, format, target, syncs, batches, "
                  "sync_start, last_synced) VALUES (1, {}, '', 0, 0, 0, 0)",
                  kMetaFormat),
      kDoing);
}

base::Result<void> SqliteMeta::drop() {
  if (!kept_) return {};
  // Prepared statements would hold the tables.
  for (SqliteStatement* holding :
       {&save_connection_, &add_history_, &prune_history_, &save_counts_})
    *holding = SqliteStatement();
  return db_->execute(kDrop, "reset");
}

base::Result<void> SqliteMeta::read_connection(ConnectionRow& row) {
  FSIM_ASSIGN(
      SqliteStatement found,
      db_->prepare("SELECT target, syncs, batches, sync_start, last_synced, state, "
                   "state_sync, state_call, state_sync_id, state_at, state_finished, naming "
                   "FROM _fivetran_sim_connection"));
  if (found.step() != Step::row) return tl::unexpected(db_->error(kReading));
  row.target = found.text(0);
  row.syncs = stored_number(found.integer(1));
  row.batches = stored_count(found.integer(2));
  row.sync_start = stored_time(found.integer(3));
  row.last_synced = stored_time(found.integer(4));
  if (!found.is_null(5)) row.state = stored_state(found, 5);
  row.naming = found.text(11);
  return {};
}

base::Result<void> SqliteMeta::save(const ConnectionRow& row) {
  if (!kept_) return {};
  FSIM_TRY(ready(save_connection_,
                 "UPDATE _fivetran_sim_connection SET target = ?1, syncs = ?2, batches = ?3, "
                 "sync_start = ?4, last_synced = ?5, state = ?6, state_sync = ?7, state_call = ?8, "
                 "state_sync_id = ?9, state_at = ?10, state_finished = ?11, naming = ?12"));
  save_connection_.bind(1, row.target);
  save_connection_.bind(12, row.naming);
  save_connection_.bind(2, row.syncs);
  save_connection_.bind(3, row.batches);
  save_connection_.bind(4, milliseconds(row.sync_start));
  save_connection_.bind(5, milliseconds(row.last_synced));
  for (int parameter = 6; parameter <= 11; ++parameter) save_connection_.bind_null(parameter);
  if (row.state) bind_state(save_connection_, 6, *row.state);
  return run(save_connection_);
}

base::Result<void> SqliteMeta::append_history(const core::StoredState& state) {
  if (!kept_) return {};
  FSIM_TRY(ready(add_history_,
                 "INSERT INTO _fivetran_sim_history(state, sync, call, sync_id, at, finished) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  FSIM_TRY(ready(prune_history_,
                 fmt::format("DELETE FROM _fivetran_sim_history WHERE NOT finished AND id = "
                             "(SELECT max(id) FROM _fivetran_sim_history) - {}",
                             kHistoryLength)));
  bind_state(add_history_, 1, state);
  FSIM_TRY(run(add_history_));
  return run(prune_history_);
}

base::Result<std::vector<core::StoredState>> SqliteMeta::history() {
  if (!kept_) return std::vector<core::StoredState>();
  FSIM_ASSIGN(SqliteStatement rows, db_->prepare("SELECT state, sync, call, sync_id, at, finished "
                                                 "FROM _fivetran_sim_history ORDER BY id DESC"));
  std::vector<core::StoredState> states;
  Step step = rows.step();
  for (; step == Step::row; step = rows.step()) states.push_back(stored_state(rows, 0));
  if (step == Step::failed) return tl::unexpected(db_->error(kReading));
  return states;
}

base::Result<void> SqliteMeta::ready(SqliteStatement& statement, std::string_view sql) {
  if (!statement) {
    FSIM_ASSIGN(statement, db_->prepare(sql));
  }
  return {};
}

base::Result<void> SqliteMeta::run(SqliteStatement& statement) {
  if (!statement.run()) return tl::unexpected(db_->error(kDoing));
  return {};
}

}  // namespace destinations
