// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/cell.hpp"
#include "destinations/page_plan.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace destinations {

// Which of the rows with one key a staged row is. Only those two are staged: what the page did to
// the stored row is seen from the first, the last is what stays.
enum class StagedAs : std::int16_t { only = 0, first = 1, last = 2 };

// Which rows of a page go into the stage of a table with a key, and as what.
struct StageRows {
  std::vector<std::optional<StagedAs>> rows;  // by row; none: unusable, or between two of its key
  std::uint64_t keys = 0;  // different keys; each row with a null in its key counts as one
  bool null_keys = false;  // there are such rows
};
StageRows stage_rows(const core::Table& table, const PlannedRows& planned);

// Whether the cell that RowCells::read_key found for a key column can be compared there: a text
// that is no number or time equals nothing in a column of those.
bool fits_key(const Cell& cell, core::ColumnType type);

// The columns of a stage for keys to look up, in the order of `table`: integers of any size fit.
std::vector<core::Column> lookup_columns(const core::Table& table);

}  // namespace destinations
