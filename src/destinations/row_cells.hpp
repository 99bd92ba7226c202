// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/cell.hpp"
#include "destinations/page_plan.hpp"

#include <span>
#include <string>
#include <vector>

namespace destinations {

// Turns rows of a page into cells in the order of the stored table's columns. Reuses its memory
// from row to row; where a row has two columns for one stored column, the later one counts.
class RowCells {
 public:
  RowCells(const core::Table& table, const PlannedRows& planned);

  // All cells of a row to insert. The span is valid until the next call.
  std::span<const Cell> read(std::size_t row);
  // The key cells of a row to delete; the others stay absent. False when no stored key can equal
  // it.
  bool read_key(std::size_t row);

  std::span<const Cell> cells() const noexcept { return cells_; }

 private:
  void clear();

  const core::Table& table_;
  const PlannedRows& planned_;
  std::vector<Cell> cells_;
  std::vector<std::string> scratch_;
};

// The stored texts of the key, each with its length in front, so that two rows have the same bytes
// when they have the same key; empty when a part is null.
std::string key_bytes(const core::Table& table, std::span<const Cell> cells);

// "id=7" or "order_id=3, line=1", for telling the user which row is meant. Long values are cut.
std::string key_text(const core::Table& table, std::span<const Cell> cells);

}  // namespace destinations
