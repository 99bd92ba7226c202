// SPDX-License-Identifier: Apache-2.0
#include "destinations/load_tally.hpp"
#include "destinations/sqlite_destination.hpp"
#include "destinations/sqlite_shape.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace destinations {
base::Result<core::LoadFacts> SqliteDestination::load(const core::LoadBatch& batch) {
  FSIM_TRY(make_ours());
  FSIM_ASSIGN(const std::vector<TablePlan> plans,
              plan_page(batch.response, book_.catalog, options_,
                        [&](const std::string& table, const core::Column& column) {
                          return stored_digits(db_, table, column);
                        }));
  for (const TablePlan& plan : plans)
    FSIM_TRY(
        check_width(plan, static_cast<std::uint64_t>(db_.max_columns()), db_.name(), "SQLite"));
  ConnectionRow row;
  const PageStamp stamp = book_.stamp_page(batch, options_, row);
  auto facts = write_page(plans, stamp, row);
  if (facts)
    keep(plans, std::move(row));
  else
    writers_.clear();  // what they count is not what is stored
  if (facts) FSIM_TRY(first_load_.after_commit(batch.last));
  return facts;
}

base::Result<core::LoadFacts> SqliteDestination::write_page(const std::vector<TablePlan>& plans,
                                                            const PageStamp& stamp,
                                                            const ConnectionRow& row) {
  core::LoadFacts facts;
  FSIM_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(db_, "load a page into"));
  for (const TablePlan& plan : plans) FSIM_TRY(load_table(plan, stamp, facts));
  FSIM_TRY(meta_.save(row));
  FSIM_TRY(meta_.append_history(*row.state));
  const auto begin = std::chrono::steady_clock::now();
  FSIM_TRY(transaction.commit());
  facts.commit = std::chrono::steady_clock::now() - begin;
  checkpoints_.after_commit();
  return facts;
}

// Rows that softDelete leaves out are marked last: the end is the same as marking all at first and
// taking the mark off the rows that come, but only the rows that stay marked are written.
base::Result<void> SqliteDestination::load_table(const TablePlan& plan, const PageStamp& stamp,
                                                 core::LoadFacts& facts) {
  std::vector<LoadTally> tallies;
  for (const SourcePlan& source : plan.sources)
    tallies.emplace_back(plan, source, book_.rows_before_sync(plan.table.name));
  if (plan.is_stored()) {
    FSIM_ASSIGN(SqliteTable * table, shaped_table(plan));
    table->begin_page(plan.table, stamp, book_.positions[plan.table.name]);
    if (plan.key_changed) FSIM_TRY(table->recount());
    for (std::size_t s = 0; s < tallies.size(); ++s)
      FSIM_TRY(table->insert(plan.sources[s].inserts, tallies[s]));
    for (std::size_t s = 0; s < tallies.size(); ++s)
      FSIM_TRY(table->remove(plan.sources[s].deletes, plan.soft_deletes, tallies[s]));
    if (plan.marks_missing && !book_.already_marked(plan, stamp, options_)) {
      FSIM_ASSIGN(const std::uint64_t marked, table->mark_missing());
      tallies.front().soft_marked(marked);
    }
    FSIM_TRY(meta_.save_counts(table->table(), table->position()));
  } else {
    for (std::size_t s = 0; s < tallies.size(); ++s) tallies[s].all_deletes_unknown();
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
    const auto before = book_.catalog.find(name);
    FSIM_TRY(apply_shape(db_, plan, before == book_.catalog.end() ? plan.table : before->second));
    FSIM_TRY(meta_.save_shape(plan.table));
  }
  return &writers_.try_emplace(name, db_, *rows_, plan.table).first->second;
}

void SqliteDestination::keep(const std::vector<TablePlan>& plans, ConnectionRow row) {
  book_.row = std::move(row);
  for (const TablePlan& plan : plans) {
    if (!plan.is_stored()) continue;
    const SqliteTable& table = writers_.at(plan.table.name);
    book_.keep(plan, table.table(), table.position());
  }
}

}  // namespace destinations
