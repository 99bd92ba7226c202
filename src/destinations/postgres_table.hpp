// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/load_tally.hpp"
#include "destinations/page_plan.hpp"
#include "destinations/page_stamp.hpp"
#include "destinations/postgres_engine.hpp"
#include "destinations/row_cells.hpp"
#include "destinations/schema_book.hpp"
#include "destinations/table_writer.hpp"

#include <map>
#include <string>
#include <vector>

namespace destinations {

// Writes the rows of one page into one stored table by way of the stage. Runs inside the caller's
// transaction.
class PostgresTable final : public TableWriter {
 public:
  PostgresTable(PostgresEngine& engine, core::Table table, const PageStamp& stamp,
                const AppendPosition& position);

  base::Result<void> insert(const PlannedRows& planned, LoadTally& tally) override;
  base::Result<void> remove(const PlannedRows& planned, bool soft, LoadTally& tally) override;
  base::Result<std::uint64_t> mark_missing() override;
  base::Result<void> recount() override;

  const core::Table& table() const noexcept override { return table_; }
  const AppendPosition& position() const noexcept override { return position_; }

 private:
  base::Result<void> append(const PlannedRows& planned);
  base::Result<void> merge(const PlannedRows& planned, LoadTally& tally);
  // Tells the tally what the staged rows do to stored ones; returns how many of their keys are
  // stored. `absent`: columns that a staged row lacks.
  base::Result<std::uint64_t> compare(const PlannedRows& planned, const std::vector<bool>& absent,
                                      LoadTally& tally);
  base::Result<std::uint64_t> tell_lacking(const PlannedRows& planned,
                                           const std::vector<bool>& absent, LoadTally& tally);
  // Adds to `lacking` which of these columns only the stored row has a value for.
  base::Result<void> find_lacking(const std::vector<std::size_t>& columns,
                                  std::map<std::size_t, std::vector<std::size_t>>& lacking);
  base::Result<void> stage_keys(const PlannedRows& planned, std::vector<bool>& unknown);

  static std::string timestamp_literal(std::string_view synced);  // of a time of PageStamp
  std::string stored_columns() const;
  std::string staged_values(const std::string& batch, const std::string& index) const;
  std::string same_key(bool all_columns) const;  // `all_columns`: the stage has them, not keys only
  // The rows of the stage (s) with the stored row (t) of their key; more conditions may follow.
  std::string staged_with_stored() const;
  std::string written_before(const std::string& time) const;
  std::string all_equal() const;
  std::string doing() const;

  PostgresEngine& engine_;
  core::Table table_;
  const PageStamp& stamp_;
  AppendPosition position_;
};

}  // namespace destinations
