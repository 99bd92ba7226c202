// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_table.hpp"

#include "destinations/sql_text.hpp"
#include "destinations/system_columns.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

namespace destinations {
namespace {

// The temporary table. Its columns are called by number, so that no name of the connector meets
// ours: `c0` is the first column of the stored table, `n` the row within the page.
constexpr char kStage[] = "temp.main._fivetran_sim_stage";
constexpr char kStageName[] = "_fivetran_sim_stage";

std::string column(std::size_t number) {
  return fmt::format("c{}", number);
}

std::string time_literal(const std::string& text) {
  return fmt::format("TIMESTAMPTZ '{}'", text);
}

// Equal keys have equal hashes; the other way round it is only likely.
class KeyHashes {
 public:
  void begin() { hash_ = 0; }
  void add(std::uint64_t part) { hash_ = (hash_ ^ part) * 0x9E3779B97F4A7C15U + (hash_ >> 29); }
  // Whether a key of that hash came before.
  bool end() { return !seen_.insert(hash_).second; }

 private:
  std::uint64_t hash_ = 0;
  std::unordered_set<std::uint64_t> seen_;
};

std::string stage_key(const core::Table& table) {
  Joined key(", ");
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c].key) key.add(column(c));
  return key.take();
}

}  // namespace

DuckTable::DuckTable(DuckDb& db, const core::Table& table, const std::vector<DuckStorage>& storages,
                     const PageStamp& stamp, const AppendPosition& position)
    : db_(db),
      table_(table),
      storages_(storages),
      stamp_(stamp),
      position_(position.batch == stamp.batch ? position : AppendPosition{stamp.batch, 0}),
      name_(db.qualified(table.name)),
      doing_(fmt::format("load {} into", table.name)),
      was_empty_(table.rows == 0) {}

base::Result<void> DuckTable::insert(const PlannedRows& planned, LoadTally& tally) {
  if (planned.accepted == 0) return {};
  FSIM_ASSIGN(const Staged staged, stage(planned, tally));
  if (!table_.primary_key.empty()) {
    std::uint64_t matches = 0;
    if (!was_empty_) FSIM_TRY(compare(planned, staged, tally, matches));
    if (matches > 0 || wrote_) {
      FSIM_ASSIGN(const std::uint64_t replaced,
                  db_.change(fmt::format("DELETE FROM {} AS t USING {} AS s WHERE {}", name_,
                                         kStage, same_key()),
                             doing_));
      table_.rows -= std::min(table_.rows, replaced);
    }
  }
  FSIM_ASSIGN(const std::uint64_t added, db_.change(insert_sql(staged.repeats), doing_));
  table_.rows += added;
  position_.next_index += table_.primary_key.empty() ? static_cast<std::int64_t>(added) : 0;
  wrote_ = true;
  return {};
}

base::Result<DuckTable::Staged> DuckTable::stage(const PlannedRows& planned, LoadTally& tally) {
  FSIM_TRY(db_.execute(create_stage_sql(false), doing_));
  std::vector<DuckStorage> columns = storages_;
  columns.push_back({duck::Type::int64});
  FSIM_ASSIGN(DuckAppender appender, DuckAppender::open(db_, "", kStageName, true, columns));
  Staged staged;
  staged.sent.resize(table_.columns.size());
  KeyHashes keys;
  RowCells cells(table_, planned);
  const bool keyed = !table_.primary_key.empty();
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!planned.is_usable(row)) continue;
    const std::span<const Cell> values = cells.read(row);
    keys.begin();
    for (std::size_t c = 0; c < values.size(); ++c) {
      if (!values[c].has_value()) continue;
      appender.put(c, values[c]);
      ++staged.sent[c];
      if (table_.columns[c].key) keys.add(appender.last_hash());
    }
    if (keyed && keys.end()) staged.repeats = true;
    appender.put(values.size(), static_cast<std::int64_t>(row));
    FSIM_TRY(appender.end_row());
    ++staged.rows;
    tally.inserted();
  }
  FSIM_TRY(appender.finish());
  return staged;
}

// Of each key that a page holds and an earlier one stored, the first row of the page is compared:
// the later ones replace what this page wrote.
base::Result<void> DuckTable::compare(const PlannedRows& planned, const Staged& staged,
                                      LoadTally& tally, std::uint64_t& matches) {
  std::vector<std::size_t> partly;  // columns that some rows have no value for
  for (std::size_t c = 0; c < table_.columns.size(); ++c)
    if (staged.sent[c] < staged.rows && !table_.columns[c].key) partly.push_back(c);
  FSIM_ASSIGN(DuckResult rows, db_.run(compare_sql(partly, staged.repeats), doing_));
  RowCells cells(table_, planned);
  RowComparison comparison;
  while (true) {
    FSIM_ASSIGN(const bool more, rows.next());
    if (!more) return {};
    ++matches;
    const auto row = static_cast<std::size_t>(rows.integer(0));
    comparison.written_before_sync = rows.integer(1) != 0;
    comparison.equal = rows.integer(2) != 0;
    comparison.lacking.clear();
    std::span<const Cell> values;
    for (std::size_t i = 0; i < partly.size(); ++i) {
      if (rows.integer(3 + i) == 0) continue;
      if (values.empty()) values = cells.read(row);
      if (values[partly[i]].form == CellForm::absent) comparison.lacking.push_back(partly[i]);
    }
    tally.replaced(row, values.empty() ? cells.cells() : values, comparison);
  }
}

base::Result<void> DuckTable::remove(const PlannedRows& planned, bool soft, LoadTally& tally) {
  if (planned.accepted == 0) return {};
  RowCells cells(table_, planned);
  std::uint64_t staged = 0;
  FSIM_ASSIGN(std::vector<std::size_t> unknown, stage_keys(planned, cells, staged));
  FSIM_ASSIGN(DuckResult missing,
              db_.run(fmt::format("SELECT s.n FROM {} AS s ANTI JOIN {} AS t ON {}", kStage, name_,
                                  same_key()),
                      doing_));
  std::uint64_t missed = 0;
  while (true) {
    FSIM_ASSIGN(const bool more, missing.next());
    if (!more) break;
    unknown.push_back(static_cast<std::size_t>(missing.integer(0)));
    ++missed;
  }
  FSIM_TRY(note_unknown(unknown, cells, tally));
  if (missed == staged) return {};
  const std::string keys =
      fmt::format("(SELECT DISTINCT {} FROM {}) AS s", stage_key(table_), kStage);
  if (soft) {
    FSIM_TRY(db_.execute(fmt::format("UPDATE {} AS t SET {} = true, {} = {} FROM {} WHERE {}",
                                     name_, quoted_name(kDeleted), quoted_name(kSynced),
                                     time_literal(stamp_.synced), keys, same_key()),
                         doing_));
    tally.deleted(staged - missed);
    return {};
  }
  FSIM_ASSIGN(
      const std::uint64_t deleted,
      db_.change(fmt::format("DELETE FROM {} AS t USING {} WHERE {}", name_, keys, same_key()),
                 doing_));
  tally.deleted(deleted);
  table_.rows -= std::min(table_.rows, deleted);
  return {};
}

// Returns the rows whose key no stored value can equal.
base::Result<std::vector<std::size_t>> DuckTable::stage_keys(const PlannedRows& planned,
                                                             RowCells& cells, std::uint64_t& rows) {
  FSIM_TRY(db_.execute(create_stage_sql(true), doing_));
  std::vector<DuckStorage> columns;
  for (std::size_t c = 0; c < table_.columns.size(); ++c)
    if (table_.columns[c].key) columns.push_back(storages_[c]);
  columns.push_back({duck::Type::int64});
  FSIM_ASSIGN(DuckAppender appender, DuckAppender::open(db_, "", kStageName, true, columns));
  std::vector<std::size_t> impossible;
  for (std::size_t row = 0; row < planned.size(); ++row) {
    if (!planned.is_usable(row)) continue;
    if (!cells.read_key(row)) {
      impossible.push_back(row);
      continue;
    }
    std::size_t part = 0;
    for (std::size_t c = 0; c < table_.columns.size(); ++c)
      if (table_.columns[c].key) appender.put(part++, cells.cells()[c]);
    appender.put(part, static_cast<std::int64_t>(row));
    FSIM_TRY(appender.end_row());
    ++rows;
  }
  FSIM_TRY(appender.finish());
  return impossible;
}

base::Result<void> DuckTable::note_unknown(const std::vector<std::size_t>& unknown, RowCells& cells,
                                           LoadTally& tally) {
  std::vector<std::size_t> in_order = unknown;
  std::ranges::sort(in_order);
  for (const std::size_t row : in_order) {
    cells.read_key(row);
    tally.unknown_delete(row, cells.cells());
  }
  return {};
}

base::Result<std::uint64_t> DuckTable::mark_missing() {
  return db_.change(
      fmt::format("UPDATE {0} SET {1} = true WHERE {2} < {3} AND NOT {1}", name_,
                  quoted_name(kDeleted), quoted_name(kSynced), time_literal(stamp_.cutoff)),
      doing_);
}

base::Result<void> DuckTable::recount() {
  FSIM_ASSIGN(DuckResult rows, db_.run("SELECT count(*) FROM " + name_, "read"));
  FSIM_ASSIGN(const bool found, rows.next());
  table_.rows = found ? static_cast<std::uint64_t>(rows.integer(0)) : 0;
  return {};
}

std::string DuckTable::create_stage_sql(bool keys_only) const {
  Joined columns(", ");
  for (std::size_t c = 0; c < table_.columns.size(); ++c)
    if (!keys_only || table_.columns[c].key) columns.add(column(c) + " " + sql_type(storages_[c]));
  columns.add("n BIGINT");
  return fmt::format("CREATE OR REPLACE TEMPORARY TABLE {}({})", kStage, columns.take());
}

std::string DuckTable::same_key() const {
  Joined terms(" AND ");
  for (std::size_t c = 0; c < table_.columns.size(); ++c)
    if (table_.columns[c].key)
      terms.add(fmt::format("t.{} = s.{}", quoted_name(table_.columns[c].name), column(c)));
  return terms.take();
}

std::string DuckTable::insert_sql(bool repeats) const {
  Joined names(", "), values(", ");
  for (std::size_t c = 0; c < table_.columns.size(); ++c) {
    names.add(quoted_name(table_.columns[c].name));
    values.add(column(c));
  }
  for (const std::string_view name : system_columns(table_)) {
    names.add(quoted_name(name));
    if (name == kSynced) values.add(time_literal(stamp_.synced));
    if (name == kDeleted) values.add("false");
    if (name == kBatch) values.add(std::to_string(position_.batch));
    if (name == kIndex)
      values.add(fmt::format("{} + row_number() OVER (ORDER BY n) - 1", position_.next_index));
  }
  std::string chosen;
  if (repeats) {
    chosen =
        fmt::format(" WHERE n IN (SELECT max(n) FROM {} GROUP BY {})", kStage, stage_key(table_));
    for (std::size_t c = 0; c < table_.columns.size(); ++c)
      if (table_.columns[c].key) chosen += fmt::format(" OR {} IS NULL", column(c));
  }
  return fmt::format("INSERT INTO {}({}) SELECT {} FROM {}{}", name_, names.take(), values.take(),
                     kStage, chosen);
}

std::string DuckTable::compare_sql(const std::vector<std::size_t>& partly, bool repeats) const {
  Joined equal(" AND ");
  equal.add(table_.has_deleted_column ? fmt::format("NOT t.{}", quoted_name(kDeleted)) : "true");
  for (std::size_t c = 0; c < table_.columns.size(); ++c)
    if (!table_.columns[c].key)
      equal.add(fmt::format("t.{} IS NOT DISTINCT FROM s.{}", quoted_name(table_.columns[c].name),
                            column(c)));
  std::string lacks;
  for (const std::size_t c : partly)
    lacks += fmt::format(", t.{} IS NOT NULL AND s.{} IS NULL", quoted_name(table_.columns[c].name),
                         column(c));
  const std::string first = repeats ? fmt::format(" AND s.n IN (SELECT min(n) FROM {} GROUP BY {})",
                                                  kStage, stage_key(table_))
                                    : "";
  return fmt::format(
      "SELECT s.n, t.{} < {}, {}{} FROM {} AS s JOIN {} AS t ON {} WHERE t.{} <> {}{} ORDER BY s.n",
      quoted_name(kSynced), time_literal(stamp_.sync_start), equal.take(), lacks, kStage, name_,
      same_key(), quoted_name(kSynced), time_literal(stamp_.synced), first);
}

}  // namespace destinations
