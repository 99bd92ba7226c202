// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/load_tally.hpp"
#include "destinations/page_plan.hpp"
#include "destinations/schema_book.hpp"

namespace destinations {

// Writes the rows of one page into one stored table, inside the page's transaction.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual base::Result<void> insert(const PlannedRows& planned, LoadTally& tally) = 0;
  virtual base::Result<void> remove(const PlannedRows& planned, bool soft, LoadTally& tally) = 0;
  // Marks the rows that were not sent again; returns how many.
  virtual base::Result<std::uint64_t> mark_missing() = 0;
  // Counts the rows anew, after the table was rebuilt under another key.
  virtual base::Result<void> recount() = 0;
  // The table and the place in it, as the rows written so far leave them.
  virtual const core::Table& table() const = 0;
  virtual const AppendPosition& position() const = 0;
};

}  // namespace destinations
