// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "core/report.hpp"

#include <cstddef>
#include <vector>

namespace workflows {

// The first rows of each of the first kSampledTables tables, in the order in which the destination
// gives them; a table that cannot be read is left out: samples are nothing that a run fails for.
// Cells are whole, so that secrets in them can be found; one above kMostCellBytes says its size
// instead.
std::vector<core::TableSample> table_samples(core::Destination& destination,
                                             const std::vector<core::Table>& tables);

inline constexpr std::size_t kSampledTables = 100, kSampledRows = 3, kMostCellBytes = 65'536;

}  // namespace workflows
