// SPDX-License-Identifier: Apache-2.0
#include "destinations/duplicates.hpp"

#include "destinations/row_cells.hpp"

#include <string>
#include <unordered_set>

namespace destinations {
void pass_over_duplicates(TablePlan& plan) {
  std::unordered_set<std::string> seen;
  for (SourcePlan& source : plan.sources) {
    PlannedRows& planned = source.inserts;
    if (planned.accepted == 0) continue;
    RowCells cells(plan.table, planned);
    for (std::size_t row = 0; row < planned.size(); ++row) {
      if (!planned.is_usable(row)) continue;
      const std::string key = key_bytes(plan.table, cells.read(row));
      if (key.empty() || seen.insert(key).second) continue;
      if (planned.usable.empty()) planned.usable.assign(planned.size(), true);
      planned.usable[row] = false;
      --planned.accepted;
      ++planned.passed_over;
    }
  }
}

}  // namespace destinations
