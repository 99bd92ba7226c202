// SPDX-License-Identifier: Apache-2.0
#include "destinations/paged_destination.hpp"

namespace destinations {

base::Result<core::LoadFacts> PagedDestination::load(const core::LoadBatch& batch) {
  FSIM_TRY(make_ours());
  FSIM_ASSIGN(const std::vector<TablePlan> plans,
              plan_page(batch.response, book_.catalog, options_,
                        [&](const std::string& table, const core::Column& column) {
                          return stored_digits(table, column);
                        }));
  for (const TablePlan& plan : plans)
    FSIM_TRY(check_width(plan, width().most, describe(), width().engine));
  ConnectionRow row;
  const PageStamp stamp = book_.stamp_page(batch, options_, row);
  Writers written;
  begin_page();
  auto facts = write_page(plans, stamp, row, written);
  if (facts) {
    book_.row = std::move(row);
    for (const auto& [plan, table] : written) book_.keep(*plan, table->table(), table->position());
  }
  const auto ended = end_page(facts.has_value(), batch.last);
  if (facts) FSIM_TRY(ended);
  return facts;
}

base::Result<core::LoadFacts> PagedDestination::write_page(const std::vector<TablePlan>& plans,
                                                           const PageStamp& stamp,
                                                           const ConnectionRow& row,
                                                           Writers& written) {
  core::LoadFacts facts;
  const Work write = [&]() -> base::Result<void> {
    for (const TablePlan& plan : plans) FSIM_TRY(write_rows(plan, stamp, written, facts));
    FSIM_TRY(meta_.save(row));
    return meta_.append_history(*row.state);
  };
  FSIM_ASSIGN(facts.commit, in_transaction("load a page into", write));
  return facts;
}

base::Result<void> PagedDestination::write_rows(const TablePlan& plan, const PageStamp& stamp,
                                                Writers& written, core::LoadFacts& facts) {
  std::vector<LoadTally> tallies;
  for (const SourcePlan& source : plan.sources)
    tallies.emplace_back(plan, source, book_.rows_before_sync(plan.table.name));
  if (plan.is_stored()) {
    FSIM_ASSIGN(auto table, write_table(plan, stamp, tallies));
    written.emplace_back(&plan, std::move(table));
  } else {
    for (LoadTally& tally : tallies) tally.all_deletes_unknown();
  }
  for (std::size_t s = 0; s < tallies.size(); ++s)
    if (plan.is_stored() || plan.sources[s].inserts.size() + plan.sources[s].deletes.size() > 0)
      facts.tables.push_back(tallies[s].finish());
  return {};
}

// Rows that softDelete leaves out are marked last: the end is the same as marking all at first and
// taking the mark off the rows that come, but only the rows that stay marked are written.
base::Result<std::shared_ptr<TableWriter>> PagedDestination::write_table(
    const TablePlan& plan, const PageStamp& stamp, std::vector<LoadTally>& tallies) {
  const auto before = book_.catalog.find(plan.table.name);
  FSIM_ASSIGN(const bool changed,
              reshape(plan, before == book_.catalog.end() ? nullptr : &before->second));
  if (changed || plan.notes_changed) FSIM_TRY(meta_.save_shape(plan.table));
  std::shared_ptr<TableWriter> table = writer(plan, stamp, book_.positions[plan.table.name]);
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
  return table;
}

}  // namespace destinations
