// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "workflows/compare.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace workflows {

enum class RowEffect { extra, lost, changed };

// The rows of one table that are not as in another warehouse.
struct TableEffects {
  bool keyless = false;  // rows were compared as wholes
  std::uint64_t extra = 0, lost = 0, changed = 0;
  // By effect and row, what is shown of it; the first kListed of each effect.
  std::map<std::pair<RowEffect, std::string>, std::string> rows;
  static constexpr std::size_t kListed = 5000;
};

// By table; those without a difference are left out.
using Effects = std::map<std::string, TableEffects>;

// How `actual` differs from `expected`, by key; without _fivetran_synced and these columns
// ("COLUMN", "TABLE.COLUMN", patterns) and tables.
base::Result<Effects> effects(core::Destination& expected, core::Destination& actual,
                              const std::vector<std::string>& ignored_columns,
                              const std::vector<std::string>& ignored_tables);

// What both agree on: a row that is extra beside the tables of before and those of after was not
// brought by a source that changed in between.
Effects common(const Effects& a, const Effects& b);

}  // namespace workflows
