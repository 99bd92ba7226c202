// SPDX-License-Identifier: Apache-2.0
#include "workflows/table_samples.hpp"

#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflows {
namespace {

std::optional<std::string> whole(std::optional<std::string_view> cell) {
  if (!cell) return std::nullopt;
  if (cell->size() > kMostCellBytes) return fmt::format("({})", base::human_bytes(cell->size()));
  return std::string(*cell);
}

base::Result<core::TableSample> sample_of(core::Destination& destination,
                                          const core::Table& table) {
  core::TableSample sample{table.name};
  core::Scan scan{table.name};
  for (const core::Column& column : table.columns) {
    scan.columns.push_back({column.name, column.type});
    sample.columns.push_back(column.name);
  }
  FSIM_ASSIGN(const auto cursor, destination.scan(scan));
  while (sample.rows.size() < kSampledRows) {
    FSIM_ASSIGN(const bool there, cursor->next());
    if (!there) break;
    std::vector<std::optional<std::string>>& row = sample.rows.emplace_back();
    for (const auto& cell : cursor->cells()) row.push_back(whole(cell));
  }
  return sample;
}

}  // namespace

std::vector<core::TableSample> table_samples(core::Destination& destination,
                                             const std::vector<core::Table>& tables) {
  std::vector<core::TableSample> samples;
  for (std::size_t i = 0; i < std::min(tables.size(), kSampledTables); ++i) {
    if (tables[i].columns.empty() || tables[i].rows == 0) continue;
    if (auto sample = sample_of(destination, tables[i])) samples.push_back(std::move(*sample));
  }
  return samples;
}

}  // namespace workflows
