// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_table.hpp"

#include "destinations/sql_text.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace destinations {
namespace {

// Whether a stored cell is what `sent` would store. `sent` has a value.
bool equal(const Cell& stored, const Cell& sent) {
  if (stored.form != sent.form) return false;
  switch (sent.form) {
    case CellForm::integer: return stored.integer == sent.integer;
    case CellForm::real: return stored.real == sent.real;
    default: return stored.text == sent.text;
  }
}

// Where a key belongs among others, roughly: as many bits of its first column as a number has.
std::uint64_t rank_of(const Cell& cell) {
  constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  if (cell.form == CellForm::integer) return static_cast<std::uint64_t>(cell.integer) ^ kSign;
  std::uint64_t rank = 0;
  for (std::size_t i = 0; i < sizeof rank; ++i) {
    const bool there = cell.form == CellForm::text && i < cell.text.size();
    rank = rank << 8 | (there ? static_cast<unsigned char>(cell.text[i]) : 0u);
  }
  return rank;
}

// The usable rows in the order of their keys, those of one key in the order of the page. Rows that
// are stored side by side are then found and written one after the other: each stored page is
// written once for all that changes in it, not once a row.
std::vector<std::size_t> by_key(const core::Table& table, const PlannedRows& planned,
                                RowCells& cells) {
  const auto key = std::ranges::find(table.columns, true, &core::Column::key);
  const auto column = static_cast<std::size_t>(key - table.columns.begin());
  std::vector<std::pair<std::uint64_t, std::size_t>> ranked;
  ranked.reserve(planned.accepted);
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!planned.is_usable(row)) continue;
    cells.read_key(row);
    ranked.emplace_back(rank_of(cells.cells()[column]), row);
  }
  std::ranges::sort(ranked);
  std::vector<std::size_t> rows;
  rows.reserve(ranked.size());
  for (const auto& [rank, row] : ranked) rows.push_back(row);
  return rows;
}

}  // namespace

SqliteTable::SqliteTable(SqliteDb& db, SqliteRowSource& source, core::Table table)
    : db_(db), source_(source), table_(std::move(table)), parameters_(table_) {}

void SqliteTable::begin_page(const core::Table& table, const PageStamp& stamp,
                             const AppendPosition& position) {
  table_.rows = table.rows;
  stamp_ = &stamp;
  position_ = position.batch == stamp.batch ? position : AppendPosition{stamp.batch, 0};
  was_empty_ = table.rows == 0;
  expect_stored_ = expect_stored_ && !was_empty_;
}

base::Result<void> SqliteTable::insert(const PlannedRows& planned, LoadTally& tally) {
  if (planned.accepted == 0) return {};
  RowCells cells(table_, planned);
  tally.inserted(planned.accepted);
  if (!expect_stored_) return insert_page(planned, cells, tally);
  FSIM_TRY(prepare(insert_, insert_sql));
  insert_.bind(parameters_.synced, stamp_->synced);
  for (const std::size_t row : by_key(table_, planned, cells))
    FSIM_TRY(merge(row, cells.read(row), tally));
  return {};
}

// All rows in one statement; those whose key is stored follow one by one, in order, so that the
// last one of a key stays.
base::Result<void> SqliteTable::insert_page(const PlannedRows& planned, RowCells& cells,
                                            LoadTally& tally) {
  if (!insert_page_) {
    FSIM_ASSIGN(const std::string rows, source_.table_for(table_.columns.size()));
    FSIM_ASSIGN(insert_page_, db_.prepare(insert_page_sql(table_, rows)));
  }
  insert_page_.bind(parameters_.synced, stamp_->synced);
  if (table_.primary_key.empty()) {
    insert_page_.bind(parameters_.batch, position_.batch);
    insert_page_.bind(parameters_.index, position_.next_index);
  }
  source_.offer(planned, cells);
  const bool done = insert_page_.run();
  const std::vector<std::size_t> met = source_.take_met();
  if (!done) return failed();
  const auto added = static_cast<std::uint64_t>(db_.changes());
  table_.rows += added;
  position_.next_index += static_cast<std::int64_t>(table_.primary_key.empty() ? added : 0);
  for (const std::size_t row : met) FSIM_TRY(replace(row, cells.read(row), tally));
  expect_stored_ = !was_empty_ && met.size() > planned.accepted / 2;
  return {};
}

base::Result<void> SqliteTable::merge(std::size_t row, std::span<const Cell> cells,
                                      LoadTally& tally) {
  if (!expect_stored_) {
    bind(insert_, cells, false);
    if (!insert_.run()) return failed();
    if (db_.changes() == 1) {
      ++table_.rows;
      return {};
    }
  }
  FSIM_ASSIGN(const bool stored, compare(cells));
  expect_stored_ = stored;
  if (!stored) return merge(row, cells, tally);
  return write_over(row, cells, tally);
}

// Puts the row in the place of the one of its key that the page or an earlier one stored.
base::Result<void> SqliteTable::replace(std::size_t row, std::span<const Cell> cells,
                                        LoadTally& tally) {
  comparison_.written_by_page = true;
  if (!was_empty_) FSIM_TRY(compare(cells));
  return write_over(row, cells, tally);
}

base::Result<void> SqliteTable::write_over(std::size_t row, std::span<const Cell> cells,
                                           LoadTally& tally) {
  if (!comparison_.written_by_page) tally.replaced(row, cells, comparison_);
  FSIM_TRY(prepare(replace_, replace_sql));
  replace_.bind(parameters_.synced, stamp_->synced);
  bind(replace_, cells, false);
  if (!replace_.run()) return failed();
  return {};
}

// Looks for the stored row of a key; fills comparison_ when there is one.
base::Result<bool> SqliteTable::compare(std::span<const Cell> cells) {
  FSIM_TRY(prepare(select_, select_sql));
  bind(select_, cells, true);
  const Step step = select_.step();
  if (step == Step::failed) return failed();
  if (step == Step::done) {
    select_.reset();
    return false;
  }
  const int columns = static_cast<int>(cells.size());
  const std::string_view synced = select_.text(columns);
  comparison_.written_by_page = synced == stamp_->synced;
  comparison_.written_before_sync = synced < stamp_->sync_start;
  comparison_.lacking.clear();
  comparison_.equal = !table_.has_deleted_column || select_.integer(columns + 1) == 0;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const Cell stored = select_.cell(static_cast<int>(c));
    if (cells[c].has_value()) {
      comparison_.equal = comparison_.equal && equal(stored, cells[c]);
    } else if (stored.has_value()) {
      comparison_.equal = false;
      if (cells[c].form == CellForm::absent) comparison_.lacking.push_back(c);
    }
  }
  select_.reset();
  return true;
}

base::Result<void> SqliteTable::remove(const PlannedRows& planned, bool soft, LoadTally& tally) {
  if (planned.accepted == 0) return {};
  RowCells cells(table_, planned);
  FSIM_TRY(note_unknown(planned, cells, tally));
  SqliteStatement& statement = soft ? mark_ : delete_;
  FSIM_TRY(prepare(statement, soft ? mark_sql : delete_sql));
  if (soft) statement.bind(parameters_.synced, stamp_->synced);
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!planned.is_usable(row) || !cells.read_key(row)) continue;
    bind(statement, cells.cells(), true);
    if (!statement.run()) return failed();
    const auto changed = static_cast<std::uint64_t>(db_.changes());
    tally.deleted(changed);
    if (!soft) table_.rows -= std::min(table_.rows, changed);
  }
  return {};
}

// Before anything is deleted, so that a key that the page deletes twice is known both times.
base::Result<void> SqliteTable::note_unknown(const PlannedRows& planned, RowCells& cells,
                                             LoadTally& tally) {
  FSIM_TRY(prepare(exists_, exists_sql));
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!planned.is_usable(row)) continue;
    Step step = Step::done;
    if (cells.read_key(row)) {
      bind(exists_, cells.cells(), true);
      step = exists_.step();
      exists_.reset();
    }
    if (step == Step::failed) return failed();
    if (step == Step::done) tally.unknown_delete(row, cells.cells());
  }
  return {};
}

base::Result<std::uint64_t> SqliteTable::mark_missing() {
  FSIM_TRY(prepare(mark_missing_, mark_missing_sql));
  mark_missing_.bind(1, stamp_->cutoff);
  if (!mark_missing_.run()) return failed();
  return static_cast<std::uint64_t>(db_.changes());
}

base::Result<void> SqliteTable::recount() {
  FSIM_ASSIGN(SqliteStatement count,
              db_.prepare("SELECT count(*) FROM " + quoted_name(table_.name)));
  if (count.step() != Step::row) return failed();
  table_.rows = static_cast<std::uint64_t>(count.integer(0));
  return {};
}

base::Result<void> SqliteTable::prepare(SqliteStatement& statement,
                                        std::string (*sql)(const core::Table&)) {
  if (!statement) {
    FSIM_ASSIGN(statement, db_.prepare(sql(table_)));
  }
  return {};
}

void SqliteTable::bind(SqliteStatement& statement, std::span<const Cell> cells, bool key_only) {
  for (std::size_t c = 0; c < cells.size(); ++c)
    if (!key_only || table_.columns[c].key) statement.bind(static_cast<int>(c) + 1, cells[c]);
}

tl::unexpected<base::Error> SqliteTable::failed() const {
  return tl::unexpected(db_.error(fmt::format("load {} into", table_.name)));
}

}  // namespace destinations
