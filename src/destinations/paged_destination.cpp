// SPDX-License-Identifier: Apache-2.0
#include "destinations/paged_destination.hpp"

#include <fmt/format.h>

namespace destinations {

base::Result<void> PagedDestination::read_book() {
  FSIM_ASSIGN(ours_, meta_.is_ours());
  if (!ours_) return {};
  FSIM_ASSIGN(book_, meta_.read());
  return {};
}

base::Result<void> PagedDestination::make_ours() {
  if (ours_) return {};
  FSIM_TRY(prepare_to_create());
  const Work create = [this]() -> base::Result<void> {
    FSIM_TRY(make_schema());
    return meta_.create();
  };
  FSIM_TRY(in_transaction("create", create));
  ours_ = true;
  return {};
}

base::Result<std::optional<core::ConnectionInfo>> PagedDestination::connection() {
  return book_.connection();
}

base::Result<void> PagedDestination::adopt(const core::ConnectionInfo& info) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.target = info.target;
  row.naming = info.naming;
  return save(std::move(row), false);
}

base::Result<std::optional<core::StoredState>> PagedDestination::state() {
  return book_.row.state;
}

base::Result<std::vector<core::StoredState>> PagedDestination::state_history() {
  if (!ours_) return std::vector<core::StoredState>{};
  return meta_.history();
}

base::Result<void> PagedDestination::set_state(const core::State& state, core::WallTime now) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.state = core::StoredState{state, static_cast<int>(row.syncs), 0, "", now, true};
  return save(std::move(row), true);
}

base::Result<void> PagedDestination::clear_state() {
  if (!book_.row.state) return {};
  ConnectionRow row = book_.row;
  row.state.reset();
  return save(std::move(row), false);
}

base::Result<std::vector<core::Table>> PagedDestination::tables() {
  std::vector<core::Table> tables;
  for (const auto& [name, table] : book_.catalog) {
    FSIM_ASSIGN(const std::uint64_t rows, count_rows(table));
    tables.emplace_back(table).rows = rows;
  }
  return tables;
}

base::Result<int> PagedDestination::begin_sync(const std::string&, core::WallTime now) {
  FSIM_TRY(make_ours());
  ConnectionRow row = book_.row;
  row.begin_sync(now);
  FSIM_TRY(save(std::move(row), false));
  book_.note_rows_before_sync();
  return static_cast<int>(book_.row.syncs);
}

base::Result<const core::Table*> PagedDestination::stored_table(const std::string& name) const {
  const auto table = book_.catalog.find(name);
  if (table != book_.catalog.end()) return &table->second;
  return base::fail(base::ErrorKind::usage,
                    fmt::format("cannot read {} in {}: no such table", name, describe()));
}

base::Result<void> PagedDestination::reset() {
  if (!ours_) return {};
  prepare_to_reset();
  const Work drop = [this]() -> base::Result<void> {
    for (const auto& [name, table] : book_.catalog) FSIM_TRY(drop_table(name));
    return meta_.drop();
  };
  FSIM_TRY(in_transaction("reset", drop));
  ours_ = false;
  book_.clear();
  return tidy();
}

// The row is kept in memory only once it is stored.
base::Result<void> PagedDestination::save(ConnectionRow row, bool to_history) {
  const Work keep = [&]() -> base::Result<void> {
    FSIM_TRY(meta_.save(row));
    return to_history ? meta_.append_history(*row.state) : base::Result<void>();
  };
  FSIM_TRY(in_transaction("keep the state in", keep));
  book_.row = std::move(row);
  return {};
}

}  // namespace destinations
