// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_destination.hpp"
#include "destinations/load_tally.hpp"

namespace destinations {

base::Result<core::LoadFacts> DuckDestination::load(const core::LoadBatch& batch) {
  FSIM_TRY(make_ours());
  const std::vector<TablePlan> plans = plan_page(batch.response, book_.catalog, options_);
  for (const TablePlan& plan : plans)
    FSIM_TRY(check_width(plan, core::TableRows::kMaxColumns, db_.name(), "fivetran-sim"));
  ConnectionRow row;
  const PageStamp stamp = book_.stamp_page(batch, options_, row);
  DuckStorages storages = storages_;
  std::vector<DuckTable> written;
  auto facts = write_page(plans, stamp, row, storages, written);
  if (!facts) return facts;
  book_.row = std::move(row);
  storages_ = std::move(storages);
  auto table = written.begin();
  for (const TablePlan& plan : plans) {
    if (!plan.is_stored()) continue;
    book_.keep(plan, table->table(), table->position());
    ++table;
  }
  return facts;
}

base::Result<core::LoadFacts> DuckDestination::write_page(const std::vector<TablePlan>& plans,
                                                          const PageStamp& stamp,
                                                          const ConnectionRow& row,
                                                          DuckStorages& storages,
                                                          std::vector<DuckTable>& written) {
  core::LoadFacts facts;
  FSIM_ASSIGN(SqlTransaction transaction, SqlTransaction::begin(db_, "load a page into"));
  for (const TablePlan& plan : plans) FSIM_TRY(load_table(plan, stamp, storages, facts, written));
  FSIM_TRY(meta_.save(row));
  FSIM_TRY(meta_.append_history(*row.state));
  FSIM_TRY(transaction.commit());
  return facts;
}

// As in SQLite, rows that softDelete leaves out are marked last: only the rows that stay marked are
// written.
base::Result<void> DuckDestination::load_table(const TablePlan& plan, const PageStamp& stamp,
                                               DuckStorages& storages, core::LoadFacts& facts,
                                               std::vector<DuckTable>& written) {
  std::vector<LoadTally> tallies;
  for (const SourcePlan& source : plan.sources)
    tallies.emplace_back(plan, source, book_.rows_before_sync(plan.table.name));
  if (plan.is_stored()) {
    std::vector<DuckStorage>& columns = storages[plan.table.name];
    FSIM_TRY(shape_table(plan, columns));
    DuckTable& table =
        written.emplace_back(db_, plan.table, columns, stamp, book_.positions[plan.table.name]);
    if (plan.key_changed) FSIM_TRY(table.recount());
    for (std::size_t s = 0; s < tallies.size(); ++s)
      FSIM_TRY(table.insert(plan.sources[s].inserts, tallies[s]));
    for (std::size_t s = 0; s < tallies.size(); ++s)
      FSIM_TRY(table.remove(plan.sources[s].deletes, plan.soft_deletes, tallies[s]));
    if (plan.marks_missing && !book_.already_marked(plan, stamp, options_)) {
      FSIM_ASSIGN(const std::uint64_t marked, table.mark_missing());
      tallies.front().soft_marked(marked);
    }
    FSIM_TRY(meta_.save_counts(table.table(), table.position()));
  } else {
    for (LoadTally& tally : tallies) tally.all_deletes_unknown();
  }
  for (std::size_t s = 0; s < tallies.size(); ++s)
    if (plan.is_stored() || plan.sources[s].inserts.size() + plan.sources[s].deletes.size() > 0)
      facts.tables.push_back(tallies[s].finish());
  return {};
}

// `storages` becomes how the table's columns are stored from now on.
base::Result<void> DuckDestination::shape_table(const TablePlan& plan,
                                                std::vector<DuckStorage>& storages) {
  FSIM_ASSIGN(std::vector<DuckStorage> wanted, plan_storages(db_, plan, storages));
  const auto before = book_.catalog.find(plan.table.name);
  if (plan.reshapes() || plan.notes_changed || wanted != storages) {
    FSIM_TRY(apply_duckdb_shape(
        db_, plan, wanted, before == book_.catalog.end() ? plan.table : before->second, storages));
    FSIM_TRY(meta_.save_shape(plan.table));
  }
  storages = std::move(wanted);
  return {};
}

}  // namespace destinations
