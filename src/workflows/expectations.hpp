// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/destination.hpp"
#include "core/finding.hpp"
#include "rules/rule_set.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace workflows {

// How many rows a table is expected to have: "237", ">=1", "100..300".
struct RowRange {
  std::uint64_t least = 0, most = std::numeric_limits<std::uint64_t>::max();
  std::string text;
};
// Error (usage): none of these forms.
base::Result<RowRange> parse_row_range(std::string_view text);

// What a user expects of a connector beyond the contract: [expect] of fivetran-sim.toml. Tables and
// columns by their names in the destination.
struct Expectations {
  // Set: each table has rows after the suite's syncs, but for those that these globs name.
  bool rows_in_all_tables = false;
  std::vector<std::string> empty_tables;
  std::map<std::string, RowRange> rows;
  std::map<std::string, std::vector<std::string>> not_null;
  std::uint64_t max_calls = 0;  // of all syncs of the suite; 0: any number
};

// An expectation by name, with what is wrong with it.
struct Held {
  std::string name;  // "rows of orders: 100..300"
  std::vector<core::Finding> findings;
  std::string skipped;  // why it was not looked at; empty: it was
};

// Looks at what the syncs left. `calls`: how many they made; `complete`: they came to their end, so
// that rows can be counted.
base::Result<std::vector<Held>> hold(const Expectations& expect, core::Destination& destination,
                                     std::uint64_t calls, bool complete,
                                     const rules::Options& rules);

}  // namespace workflows
