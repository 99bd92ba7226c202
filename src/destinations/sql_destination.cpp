// SPDX-License-Identifier: Apache-2.0
#include "destinations/sql_destination.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace destinations {

base::Result<void> SqlDestination::read_book() {
  FSIM_ASSIGN(ours_, meta_.is_ours());
  if (!ours_) return {};
  FSIM_ASSIGN(book_, meta_.read());
  return {};
}

base::Result<void> SqlDestination::make_ours() {
  if (ours_) return {};
  FSIM_ASSIGN(SqlTransaction transaction, SqlTransaction::begin(session_, "create"));
  FSIM_TRY(make_schema());
  FSIM_TRY(meta_.create());
  FSIM_TRY(transaction.commit());
  ours_ = true;
  return {};
}

base::Result<std::optional<core::ConnectionInfo>> SqlDestination::connection() {
  return book_.connection();
}

base::Result<void> SqlDestination::adopt(const core::ConnectionInfo& info) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.target = info.target;
  row.naming = info.naming;
  return save(std::move(row), false);
}

base::Result<std::optional<core::StoredState>> SqlDestination::state() {
  return book_.row.state;
}

base::Result<std::vector<core::StoredState>> SqlDestination::state_history() {
  if (!ours_) return std::vector<core::StoredState>{};
  return meta_.history();
}

base::Result<void> SqlDestination::set_state(const core::State& state, core::WallTime now) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.state = core::StoredState{state, static_cast<int>(row.syncs), 0, "", now, true};
  return save(std::move(row), true);
}

base::Result<void> SqlDestination::clear_state() {
  if (!book_.row.state) return {};
  ConnectionRow row = book_.row;
  row.state.reset();
  return save(std::move(row), false);
}

base::Result<std::vector<core::Table>> SqlDestination::tables() {
  std::vector<core::Table> tables;
  for (const auto& [name, table] : book_.catalog) {
    FSIM_ASSIGN(const auto count,
                session_.select("SELECT count(*) FROM " + session_.qualified(name), "read"));
    core::Table& counted = tables.emplace_back(table);
    counted.rows = std::strtoull(count.at(0).at(0).value_or("0").c_str(), nullptr, 10);
  }
  return tables;
}

base::Result<int> SqlDestination::begin_sync(const std::string&, core::WallTime now) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.begin_sync(now);
  FSIM_TRY(save(std::move(row), false));
  book_.note_rows_before_sync();
  return static_cast<int>(book_.row.syncs);
}

base::Result<const core::Table*> SqlDestination::stored_table(const std::string& name) const {
  const auto table = book_.catalog.find(name);
  if (table != book_.catalog.end()) return &table->second;
  return base::fail(base::ErrorKind::usage,
                    fmt::format("cannot read {} in {}: no such table", name, session_.name()));
}

base::Result<void> SqlDestination::reset() {
  if (!ours_) return {};
  FSIM_ASSIGN(SqlTransaction transaction, SqlTransaction::begin(session_, "reset"));
  for (const auto& [name, table] : book_.catalog)
    FSIM_TRY(session_.execute("DROP TABLE IF EXISTS " + session_.qualified(name), "reset"));
  FSIM_TRY(meta_.drop());
  FSIM_TRY(transaction.commit());
  ours_ = false;
  book_.clear();
  return tidy();
}

// The row is kept in memory only once it is stored.
base::Result<void> SqlDestination::save(ConnectionRow row, bool to_history) {
  FSIM_ASSIGN(SqlTransaction transaction, SqlTransaction::begin(session_, "keep the state in"));
  FSIM_TRY(meta_.save(row));
  if (to_history) FSIM_TRY(meta_.append_history(*row.state));
  FSIM_TRY(transaction.commit());
  book_.row = std::move(row);
  return {};
}

}  // namespace destinations
