// SPDX-License-Identifier: Apache-2.0
#include "destinations/duplicates.hpp"

#include "destinations/row_cells.hpp"

#include <string>
#include <unordered_set>

namespace destinations {
namespace {

// The stored texts of the key, each with its length in front; empty when a part is null.
std::string key_of(const core::Table& table, std::span<const Cell> cells) {
  std::string key;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!table.columns[c].key) continue;
    const std::optional<std::string> part = text_of(cells[c], table.columns[c].type);
    if (!part) return "";
    key.append(std::to_string(part->size())).append(":").append(*part);
  }
  return key;
}

}  // namespace

void pass_over_duplicates(TablePlan& plan) {
  std::unordered_set<std::string> seen;
  for (SourcePlan& source : plan.sources) {
    PlannedRows& planned = source.inserts;
    if (planned.accepted == 0) continue;
    RowCells cells(plan.table, planned);
    for (std::size_t row = 0; row < planned.size(); ++row) {
      if (!planned.is_usable(row)) continue;
      const std::string key = key_of(plan.table, cells.read(row));
      if (key.empty() || seen.insert(key).second) continue;
      if (planned.usable.empty()) planned.usable.assign(planned.size(), true);
      planned.usable[row] = false;
      --planned.accepted;
      ++planned.passed_over;
    }
  }
}

}  // namespace destinations
