// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_table.hpp"

#include "destinations/sql_text.hpp"

#include <algorithm>

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

}  // namespace

SqliteTable::SqliteTable(SqliteDb& db, core::Table table)
    : db_(db), table_(std::move(table)), parameters_(table_) {}

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
  FSIM_TRY(prepare(insert_, insert_sql));
  insert_.bind(parameters_.synced, stamp_->synced);
  RowCells cells(table_, planned);
  const bool keyed = !table_.primary_key.empty();
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!planned.is_usable(row)) continue;
    const std::span<const Cell> values = cells.read(row);
    if (keyed) {
      FSIM_TRY(merge(row, values, tally));
    } else {
      FSIM_TRY(append(values));
    }
    tally.inserted();
  }
  return {};
}

base::Result<void> SqliteTable::append(std::span<const Cell> cells) {
  bind(insert_, cells, false);
  insert_.bind(parameters_.batch, position_.batch);
  insert_.bind(parameters_.index, position_.next_index);
  if (!insert_.run()) return failed();
  ++position_.next_index;
  ++table_.rows;
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
  if (!was_empty_) {
    FSIM_ASSIGN(const bool stored, compare(cells));
    if (!stored) {
      expect_stored_ = false;
      return merge(row, cells, tally);
    }
    expect_stored_ = true;
    if (!comparison_.written_by_page) tally.replaced(row, cells, comparison_);
  }
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
  FSIM_ASSIGN(SqliteStatement count, db_.prepare("SELECT count(*) FROM " + quoted(table_.name)));
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
