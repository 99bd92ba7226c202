// SPDX-License-Identifier: Apache-2.0
#include "destinations/load_tally.hpp"

#include "destinations/row_cells.hpp"

namespace destinations {

LoadTally::LoadTally(const TablePlan& plan, const SourcePlan& source,
                     std::uint64_t rows_before_sync)
    : plan_(plan), source_(source), lacking_rows_(plan.table.columns.size()) {
  load_.table = source.name;
  load_.stored = plan.table.name;
  load_.stored_rows_before_sync = rows_before_sync;
  load_.rejected = source.inserts.size() - source.inserts.accepted - source.inserts.passed_over +
                   source.deletes.size() - source.deletes.accepted;
  load_.created = plan.create;
  load_.key_changed = plan.key_changed;
  load_.widened = source.widened;
  for (const std::size_t c : plan.new_columns)
    load_.added_columns.push_back(plan.table.columns[c].name);
}

void LoadTally::replaced(std::size_t row, std::span<const Cell> cells,
                         const RowComparison& comparison) {
  ++load_.replaced;
  if (comparison.equal) ++(comparison.written_before_sync ? load_.unchanged : load_.repeated);
  if (comparison.lacking.empty()) return;
  ++load_.lacking;
  for (const std::size_t c : comparison.lacking) ++lacking_rows_[c];
  if (load_.lacking_examples.size() == kExamples) return;
  core::RowExample& example = load_.lacking_examples.emplace_back();
  example.position = source_.inserts.rows->position(row);
  example.key = key_text(plan_.table, cells);
  for (const std::size_t c : comparison.lacking)
    example.columns.push_back(plan_.table.columns[c].source);
}

void LoadTally::unknown_delete(std::size_t row, std::span<const Cell> cells) {
  ++load_.unknown_deletes;
  if (load_.unknown_delete_examples.size() == kExamples) return;
  core::RowExample& example = load_.unknown_delete_examples.emplace_back();
  example.position = source_.deletes.rows->position(row);
  example.key = key_text(plan_.table, cells);
}

void LoadTally::all_deletes_unknown() {
  if (source_.deletes.accepted == 0) return;
  RowCells cells(plan_.table, source_.deletes);
  for (std::size_t row = 0; row < source_.deletes.size(); ++row) {
    if (!source_.deletes.is_usable(row)) continue;
    cells.read_key(row);
    unknown_delete(row, cells.cells());
  }
}

core::TableLoad LoadTally::finish() {
  for (std::size_t c = 0; c < lacking_rows_.size(); ++c)
    if (lacking_rows_[c] > 0 && lacking_rows_[c] == load_.replaced)
      load_.lacking_in_all.push_back(plan_.table.columns[c].source);
  return std::move(load_);
}

}  // namespace destinations
