// SPDX-License-Identifier: Apache-2.0
#include "workflows/chaos_noise.hpp"

#include "workflows/compare.hpp"

#include <set>

namespace workflows {
namespace {

constexpr std::size_t kExamples = 5000;

// A source loses a row now and then; hardly nine of ten within seconds, while none comes.
bool is_drained(const TableComparison& table) {
  return table.removed >= 5 && table.added == 0 && table.removed * 10 >= table.rows_a * 9;
}

}  // namespace

base::Result<Noise> noise_between(core::Destination& first, core::Destination& second,
                                  const std::vector<std::string>& ignored) {
  CompareOptions options;
  options.examples = kExamples;
  options.ignore_columns = ignored;
  FSIM_ASSIGN(const Comparison raw, compare(first, second, options));
  std::set<std::string> columns;
  for (const TableComparison& table : raw.tables)
    for (const RowDifference& row : table.changed_examples)
      for (const CellDifference& cell : row.cells) columns.insert(table.name + "." + cell.column);
  Noise noise;
  noise.columns.assign(columns.begin(), columns.end());
  for (const TableComparison& table : raw.tables) {
    if (is_drained(table)) {
      noise.drained.push_back({table.name, table.rows_a, table.rows_b});
      noise.unjudged.push_back(table.name);
    } else if (table.same + table.changed == 0 && table.added > 0 && table.removed > 0) {
      noise.unjudged.push_back(table.name);
    }
  }
  return noise;
}

}  // namespace workflows
