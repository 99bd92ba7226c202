// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/duckdb_appender.hpp"
#include "destinations/duckdb_db.hpp"
#include "destinations/load_tally.hpp"
#include "destinations/page_plan.hpp"
#include "destinations/page_stamp.hpp"
#include "destinations/row_cells.hpp"
#include "destinations/table_writer.hpp"

#include <string>
#include <vector>

namespace destinations {

// Writes the rows of one page into one stored table: in bulk into a temporary table, then with one
// statement each what they replace and what they are. Runs inside the caller's transaction.
class DuckTable final : public TableWriter {
 public:
  // `storages` tells how each column of the table is stored.
  DuckTable(DuckDb& db, const core::Table& table, const std::vector<DuckStorage>& storages,
            const PageStamp& stamp, const AppendPosition& position);

  base::Result<void> insert(const PlannedRows& planned, LoadTally& tally) override;
  base::Result<void> remove(const PlannedRows& planned, bool soft, LoadTally& tally) override;
  base::Result<std::uint64_t> mark_missing() override;
  base::Result<void> recount() override;

  const core::Table& table() const override { return table_; }
  const AppendPosition& position() const override { return position_; }

 private:
  // What lies in the temporary table.
  struct Staged {
    std::uint64_t rows = 0;
    bool repeats = false;             // a key may be there twice
    std::vector<std::uint64_t> sent;  // by column: rows with a value
  };

  base::Result<Staged> stage(const PlannedRows& planned, LoadTally& tally);
  base::Result<void> compare(const PlannedRows& planned, const Staged& staged, LoadTally& tally,
                             std::uint64_t& matches);
  base::Result<std::vector<std::size_t>> stage_keys(const PlannedRows& planned, RowCells& cells,
                                                    std::uint64_t& rows);
  base::Result<void> note_unknown(const std::vector<std::size_t>& unknown, RowCells& cells,
                                  LoadTally& tally);
  std::string create_stage_sql(bool keys_only) const;
  std::string same_key() const;
  std::string insert_sql(bool repeats) const;
  std::string compare_sql(const std::vector<std::size_t>& partly, bool repeats) const;

  DuckDb& db_;
  core::Table table_;
  const std::vector<DuckStorage>& storages_;
  const PageStamp& stamp_;
  AppendPosition position_;
  std::string name_, doing_;
  bool was_empty_;      // at the start of the page: whatever is found came with this page
  bool wrote_ = false;  // this page has put rows into it
};

}  // namespace destinations
