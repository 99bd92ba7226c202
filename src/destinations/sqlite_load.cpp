// SPDX-License-Identifier: Apache-2.0
#include "destinations/load_tally.hpp"
#include "destinations/sqlite_destination.hpp"
#include "destinations/sqlite_shape.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr std::chrono::milliseconds kTick{1};

// A table that is not stored holds no row that could be deleted.
void note_unknown_deletes(const TablePlan& plan, const SourcePlan& source, LoadTally& tally) {
  if (source.deletes.accepted == 0) return;
  RowCells cells(plan.table, source.deletes);
  for (std::size_t row = 0; row < source.deletes.size(); ++row) {
    if (!source.deletes.usable.empty() && !source.deletes.usable[row]) continue;
    cells.read_key(row);
    tally.unknown_delete(row, cells.cells());
  }
}

}  // namespace

base::Result<core::LoadFacts> SqliteDestination::load(const core::LoadBatch& batch) {
  FSIM_TRY(make_ours());
  const std::vector<TablePlan> plans = plan_page(batch.response, catalog_, options_);
  for (const TablePlan& plan : plans) FSIM_TRY(check_width(plan));
  ConnectionRow row = row_;
  const PageStamp stamp = stamp_page(batch, row);
  row.state = core::StoredState{batch.new_state, batch.sync, batch.call,
                                batch.sync_id,   batch.now,  batch.last};
  auto facts = write_page(plans, stamp, row);
  if (facts)
    keep(plans, std::move(row));
  else
    writers_.clear();  // what they count is not what is stored
  return facts;
}

base::Result<void> SqliteDestination::check_width(const TablePlan& plan) const {
  std::uint64_t columns = plan.table.columns.size() + system_columns(plan.table).size();
  for (const SourcePlan& source : plan.sources)
    if (source.inserts.rows != nullptr && source.inserts.rows->columns_dropped > 0)
      columns = std::max<std::uint64_t>(columns, core::TableRows::kMaxColumns + 1);
  const auto most = static_cast<std::uint64_t>(db_.max_columns());
  if (!plan.is_stored() || columns <= most) return {};
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot load {} into {}: it would have more than {} columns, which "
                                "is SQLite's limit (send nested objects instead of columns)",
                                plan.table.name, db_.name(), most));
}

// Each page gets a later time than the one before, so that a stored row tells by itself in which
// page and in which sync it was last written, even when the clock stands still or goes back.
PageStamp SqliteDestination::stamp_page(const core::LoadBatch& batch, ConnectionRow& row) {
  if (batch.sync != row.syncs) {
    row.syncs = batch.sync;
    row.sync_start = std::max(batch.sync_start, row.last_synced + kTick);
    note_rows_before_sync();
  }
  const core::WallTime synced = std::max({batch.now, row.last_synced + kTick, row.sync_start});
  row.last_synced = synced;
  ++row.batches;
  PageStamp stamp;
  stamp.synced = synced_text(synced);
  stamp.sync_start = synced_text(row.sync_start);
  stamp.cutoff = options_.cutoff == SoftDeleteCutoff::response ? stamp.synced : stamp.sync_start;
  stamp.sync = row.syncs;
  stamp.batch = options_.batch == BatchMode::per_response ? row.batches : row.syncs;
  return stamp;
}

base::Result<core::LoadFacts> SqliteDestination::write_page(const std::vector<TablePlan>& plans,
                                                            const PageStamp& stamp,
                                                            const ConnectionRow& row) {
  core::LoadFacts facts;
  FSIM_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(db_, "load a page into"));
  for (const TablePlan& plan : plans) FSIM_TRY(load_table(plan, stamp, facts));
  FSIM_TRY(meta_.save(row));
  FSIM_TRY(meta_.append_history(*row.state));
  FSIM_TRY(transaction.commit());
  return facts;
}

// Rows that softDelete leaves out are marked last: the end is the same as marking all at first and
// taking the mark off the rows that come, but only the rows that stay marked are written.
base::Result<void> SqliteDestination::load_table(const TablePlan& plan, const PageStamp& stamp,
                                                 core::LoadFacts& facts) {
  const auto before = rows_before_sync_.find(plan.table.name);
  std::vector<LoadTally> tallies;
  for (const SourcePlan& source : plan.sources)
    tallies.emplace_back(plan, source, before == rows_before_sync_.end() ? 0 : before->second);
  if (plan.is_stored()) {
    FSIM_ASSIGN(SqliteTable * table, shaped_table(plan));
    table->begin_page(plan.table, stamp, positions_[plan.table.name]);
    if (plan.key_changed) FSIM_TRY(table->recount());
    for (std::size_t s = 0; s < tallies.size(); ++s)
      FSIM_TRY(table->insert(plan.sources[s].inserts, tallies[s]));
    for (std::size_t s = 0; s < tallies.size(); ++s)
      FSIM_TRY(table->remove(plan.sources[s].deletes, plan.soft_deletes, tallies[s]));
    if (plan.marks_missing) {
      FSIM_ASSIGN(const std::uint64_t marked, mark_missing(plan, stamp, *table));
      tallies.front().soft_marked(marked);
    }
    FSIM_TRY(meta_.save_counts(table->table(), table->position()));
  } else {
    for (std::size_t s = 0; s < tallies.size(); ++s)
      note_unknown_deletes(plan, plan.sources[s], tallies[s]);
  }
  for (std::size_t s = 0; s < tallies.size(); ++s)
    if (plan.is_stored() || plan.sources[s].inserts.size() + plan.sources[s].deletes.size() > 0)
      facts.tables.push_back(tallies[s].finish());
  return {};
}

base::Result<SqliteTable*> SqliteDestination::shaped_table(const TablePlan& plan) {
  const std::string& name = plan.table.name;
  if (plan.reshapes() || plan.notes_changed) {
    writers_.erase(name);
    const auto before = catalog_.find(name);
    FSIM_TRY(apply_shape(db_, plan, before == catalog_.end() ? plan.table : before->second));
    FSIM_TRY(meta_.save_shape(plan.table));
  }
  return &writers_.try_emplace(name, db_, plan.table).first->second;
}

// Once a sync has marked what it did not send again, no further page of it finds such rows.
base::Result<std::uint64_t> SqliteDestination::mark_missing(const TablePlan& plan,
                                                            const PageStamp& stamp,
                                                            SqliteTable& table) {
  const auto marked = marked_in_sync_.find(plan.table.name);
  if (options_.cutoff == SoftDeleteCutoff::sync_start && marked != marked_in_sync_.end() &&
      marked->second == stamp.sync)
    return 0;
  return table.mark_missing();
}

void SqliteDestination::keep(const std::vector<TablePlan>& plans, ConnectionRow row) {
  row_ = std::move(row);
  for (const TablePlan& plan : plans) {
    if (!plan.is_stored()) continue;
    const SqliteTable& table = writers_.at(plan.table.name);
    catalog_[plan.table.name] = table.table();
    positions_[plan.table.name] = table.position();
    if (plan.marks_missing) marked_in_sync_[plan.table.name] = row_.syncs;
  }
}

}  // namespace destinations
