// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_table.hpp"

#include "destinations/sql_text.hpp"
#include "destinations/stage_rows.hpp"
#include "destinations/system_columns.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

namespace destinations {
namespace {

std::uint64_t count_in(const std::optional<std::string>& cell) {
  return cell ? std::strtoull(cell->c_str(), nullptr, 10) : 0;
}

// How many bytes of text the key of a row has.
std::size_t key_bytes_of_text(const core::Table& table, std::span<const Cell> cells) {
  std::size_t bytes = 0;
  for (std::size_t c = 0; c < cells.size(); ++c)
    if (table.columns[c].key && is_text_in_key(table.columns[c])) bytes += cells[c].text.size();
  return bytes;
}

}  // namespace

PostgresTable::PostgresTable(PostgresEngine& engine, core::Table table, const PageStamp& stamp,
                             const AppendPosition& position)
    : engine_(engine),
      table_(std::move(table)),
      stamp_(stamp),
      position_(position.batch == stamp.batch ? position : AppendPosition{stamp.batch, 0}) {}

base::Result<void> PostgresTable::insert(const PlannedRows& planned, LoadTally& tally) {
  if (planned.accepted == 0) return {};
  tally.inserted(planned.accepted);
  return table_.primary_key.empty() ? append(planned) : merge(planned, tally);
}

base::Result<void> PostgresTable::append(const PlannedRows& planned) {
  FSIM_ASSIGN(const auto stage, engine_.stage(table_.columns));
  RowCells cells(table_, planned);
  std::int64_t count = 0;
  for (std::size_t row = 0; row < planned.size(); ++row)
    if (planned.is_usable(row)) FSIM_TRY(stage->add(count++, StagedAs::only, cells.read(row)));
  FSIM_TRY(stage->finish());
  const std::string index = fmt::format("s.row_number + {}", position_.next_index);
  FSIM_TRY(engine_.execute(
      fmt::format("INSERT INTO {}({}) SELECT {} FROM {} s", engine_.qualified(table_.name),
                  stored_columns(), staged_values(std::to_string(position_.batch), index),
                  engine_.stage_name()),
      doing()));
  position_.next_index += count;
  table_.rows += static_cast<std::uint64_t>(count);
  return {};
}

base::Result<void> PostgresTable::merge(const PlannedRows& planned, LoadTally& tally) {
  const StageRows staged = stage_rows(table_, planned);
  FSIM_ASSIGN(const auto stage, engine_.stage(table_.columns));
  RowCells cells(table_, planned);
  std::vector<bool> absent(table_.columns.size());
  bool too_long = false;
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!staged.rows[row]) continue;
    const std::span<const Cell> values = cells.read(row);
    for (std::size_t c = 0; c < values.size(); ++c)
      if (values[c].form == CellForm::absent) absent[c] = true;
    too_long = too_long || key_bytes_of_text(table_, values) > kLongestKey;
    FSIM_TRY(stage->add(static_cast<std::int64_t>(row), *staged.rows[row], values));
  }
  FSIM_TRY(stage->finish());
  if (staged.null_keys) FSIM_TRY(engine_.allow_null_keys(table_));
  FSIM_ASSIGN(bool long_keys, engine_.has_long_keys(table_));
  if (too_long && !std::exchange(long_keys, true)) FSIM_TRY(engine_.allow_long_keys(table_));
  std::uint64_t stored = 0;
  if (table_.rows > 0) {
    FSIM_ASSIGN(stored, compare(planned, absent, tally));
  }
  FSIM_TRY(engine_.execute(
      engine_.merge_sql(table_, stored_columns(), staged_values("", ""), stored == 0, long_keys),
      doing()));
  table_.rows += staged.keys - stored;
  return {};
}

// One pass over the rows that are stored already. It hands on the columns of both tables, of which
// PostgreSQL takes 1,664 in all; of a wider table the equal rows are counted by a second one, whose
// condition stands behind WHERE.
base::Result<std::uint64_t> PostgresTable::compare(const PlannedRows& planned,
                                                   const std::vector<bool>& absent,
                                                   LoadTally& tally) {
  constexpr std::size_t kAtOnce = 800;
  const bool at_once = table_.columns.size() <= kAtOnce;
  const std::string old = written_before(stamp_.synced);
  const std::string equal =
      fmt::format("{} AND {} AND {}", old, written_before(stamp_.sync_start), all_equal());
  FSIM_ASSIGN(const auto found,
              engine_.select(fmt::format("SELECT count(*), count(CASE WHEN {} THEN 1 END), "
                                         "count(CASE WHEN {} THEN 1 END) FROM {}",
                                         old, at_once ? equal : "false", staged_with_stored()),
                             doing()));
  const std::uint64_t replaced = count_in(found[0][1]);
  if (replaced > 0) {
    std::uint64_t unchanged = count_in(found[0][2]);
    if (!at_once) {
      FSIM_ASSIGN(const auto counted, engine_.select(fmt::format("SELECT count(*) FROM {} AND {}",
                                                                 staged_with_stored(), equal),
                                                     doing()));
      unchanged = count_in(counted[0][0]);
    }
    FSIM_ASSIGN(const std::uint64_t told, tell_lacking(planned, absent, tally));
    tally.replaced_whole(replaced - told, unchanged);
  }
  return count_in(found[0][0]);
}

// Rows of which a column is null in the stage and has a value where they are stored; whether the
// connector left it out or sent a null, only the page tells.
base::Result<std::uint64_t> PostgresTable::tell_lacking(const PlannedRows& planned,
                                                        const std::vector<bool>& absent,
                                                        LoadTally& tally) {
  constexpr std::size_t kAtOnce = 400;
  std::map<std::size_t, std::vector<std::size_t>> lacking;  // row → columns
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < absent.size(); ++c) {
    if (absent[c] && !table_.columns[c].key) columns.push_back(c);
    if (columns.size() < kAtOnce && c + 1 < absent.size()) continue;
    FSIM_TRY(find_lacking(columns, lacking));
    columns.clear();
  }
  RowCells cells(table_, planned);
  for (const auto& [row, without] : lacking) {
    const std::span<const Cell> values = cells.read(row);
    RowComparison comparison;
    for (const std::size_t c : without)
      if (values[c].form == CellForm::absent) comparison.lacking.push_back(c);
    tally.replaced(row, values, comparison);
  }
  return lacking.size();
}

base::Result<void> PostgresTable::find_lacking(
    const std::vector<std::size_t>& columns,
    std::map<std::size_t, std::vector<std::size_t>>& lacking) {
  if (columns.empty()) return {};
  Joined flags(", "), any(" OR ");
  for (const std::size_t c : columns) {
    const std::string lost = fmt::format("s.c{} IS NULL AND t.{} IS NOT NULL", c,
                                         postgres_column_name(table_.columns[c].name));
    flags.add("CASE WHEN " + lost + " THEN 1 END");
    any.add(lost);
  }
  FSIM_ASSIGN(
      const auto rows,
      engine_.select(fmt::format("SELECT s.row_number, {} FROM {} AND {} AND ({})", flags.take(),
                                 staged_with_stored(), written_before(stamp_.synced), any.take()),
                     doing()));
  for (const SqlRow& row : rows)
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (row[i + 1]) lacking[count_in(row[0])].push_back(columns[i]);
  return {};
}

base::Result<void> PostgresTable::remove(const PlannedRows& planned, bool soft, LoadTally& tally) {
  if (planned.accepted == 0) return {};
  std::vector<bool> unknown(planned.size());
  FSIM_TRY(stage_keys(planned, unknown));
  RowCells cells(table_, planned);
  std::uint64_t missing = 0;
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!unknown[row]) continue;
    cells.read_key(row);
    tally.unknown_delete(row, cells.cells());
    ++missing;
  }
  if (missing == planned.accepted) return {};
  const std::string table = engine_.qualified(table_.name);
  if (soft) {
    FSIM_TRY(engine_.execute(
        fmt::format("UPDATE {} AS t SET {} = true, {} = {} FROM {} s WHERE {}", table,
                    quoted_name(kDeleted), quoted_name(kSynced), timestamp_literal(stamp_.synced),
                    engine_.stage_name(), same_key(false)),
        doing()));
    tally.deleted(planned.accepted - missing);  // a key that is marked twice counts twice
    return {};
  }
  FSIM_ASSIGN(const std::uint64_t deleted,
              engine_.change(fmt::format("DELETE FROM {} AS t USING {} s WHERE {}", table,
                                         engine_.stage_name(), same_key(false)),
                             doing()));
  tally.deleted(deleted);
  table_.rows -= std::min(table_.rows, deleted);
  return {};
}

// Stages the keys of the usable rows. `unknown` becomes true for those that are not stored; asked
// before anything is deleted, so that a key that the page deletes twice is known both times.
base::Result<void> PostgresTable::stage_keys(const PlannedRows& planned,
                                             std::vector<bool>& unknown) {
  FSIM_ASSIGN(const auto stage, engine_.stage(lookup_columns(table_)));
  RowCells cells(table_, planned);
  std::vector<Cell> key;
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!planned.is_usable(row)) continue;
    bool possible = cells.read_key(row);
    key.clear();
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      if (!table_.columns[c].key) continue;
      key.push_back(cells.cells()[c]);
      possible = possible && fits_key(key.back(), table_.columns[c].type);
    }
    unknown[row] = !possible;
    if (!possible) continue;
    FSIM_TRY(stage->add(static_cast<std::int64_t>(row), StagedAs::only, key));
  }
  FSIM_TRY(stage->finish());
  FSIM_ASSIGN(const auto rows,
              engine_.select(fmt::format("SELECT s.row_number FROM {} s WHERE NOT EXISTS (SELECT 1 "
                                         "FROM {} t WHERE {})",
                                         engine_.stage_name(), engine_.qualified(table_.name),
                                         same_key(false)),
                             doing()));
  for (const SqlRow& row : rows) unknown[count_in(row[0])] = true;
  return {};
}

base::Result<std::uint64_t> PostgresTable::mark_missing() {
  return engine_.change(fmt::format("UPDATE {0} SET {1} = true WHERE {2} < {3} AND NOT {1}",
                                    engine_.qualified(table_.name), quoted_name(kDeleted),
                                    quoted_name(kSynced), timestamp_literal(stamp_.cutoff)),
                        doing());
}

base::Result<void> PostgresTable::recount() {
  FSIM_ASSIGN(const auto count,
              engine_.select("SELECT count(*) FROM " + engine_.qualified(table_.name), doing()));
  table_.rows = count_in(count[0][0]);
  return {};
}

}  // namespace destinations
