// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/load_tally.hpp"
#include "destinations/page_plan.hpp"
#include "destinations/page_stamp.hpp"
#include "destinations/row_cells.hpp"
#include "destinations/sqlite_db.hpp"
#include "destinations/sqlite_row_source.hpp"
#include "destinations/sqlite_sql.hpp"
#include "destinations/table_writer.hpp"

#include <span>
#include <string_view>

namespace destinations {

// Writes rows into one stored table. Keeps its prepared statements, so it is kept over the pages of
// a sync for as long as the table has the same columns. Runs inside the caller's transaction.
class SqliteTable final : public TableWriter {
 public:
  SqliteTable(SqliteDb& db, SqliteRowSource& source, core::Table table);

  // To be called before the rows of a page. `table` may differ in its counts only.
  void begin_page(const core::Table& table, const PageStamp& stamp, const AppendPosition& position);
  base::Result<void> insert(const PlannedRows& planned, LoadTally& tally) override;
  base::Result<void> remove(const PlannedRows& planned, bool soft, LoadTally& tally) override;
  base::Result<std::uint64_t> mark_missing() override;
  base::Result<void> recount() override;

  const core::Table& table() const override { return table_; }
  const AppendPosition& position() const override { return position_; }

 private:
  base::Result<void> insert_page(const PlannedRows& planned, RowCells& cells, LoadTally& tally);
  base::Result<void> replace(std::size_t row, std::span<const Cell> cells, LoadTally& tally);
  base::Result<void> write_over(std::size_t row, std::span<const Cell> cells, LoadTally& tally);
  base::Result<void> merge(std::size_t row, std::span<const Cell> cells, LoadTally& tally);
  base::Result<bool> compare(std::span<const Cell> cells);
  base::Result<void> note_unknown(const PlannedRows& planned, RowCells& cells, LoadTally& tally);
  base::Result<void> prepare(SqliteStatement& statement, std::string (*sql)(const core::Table&));
  void bind(SqliteStatement& statement, std::span<const Cell> cells, bool key_only);
  tl::unexpected<base::Error> failed() const;

  SqliteDb& db_;
  SqliteRowSource& source_;
  core::Table table_;
  SqliteParameters parameters_;
  const PageStamp* stamp_ = nullptr;
  AppendPosition position_;
  bool was_empty_ = false;      // at the start of the page: whatever is found came with this page
  bool expect_stored_ = false;  // the last row's key was stored, so the next one's may be too
  RowComparison comparison_;
  SqliteStatement insert_page_, insert_, select_, replace_, exists_, delete_, mark_, mark_missing_;
};

}  // namespace destinations
