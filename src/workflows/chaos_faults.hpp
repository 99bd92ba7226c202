// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workflows {

enum class FaultKind {
  none,
  lost,       // the function ran, nobody got its response
  twice,      // the same request is made twice, the second answer counts
  killed,     // process or connection cut while the call runs
  garbled,    // the answer is no JSON any more
  truncated,  // it breaks off
  oversized,  // the platform does not pass it on
  cutoff,     // six hours are over after the page, a new sync goes on
  restart,    // cut off, then a new connection begins at {} with empty tables, in the same process
  rewind,     // after the end the connection goes on from this page's state
  cold,       // a fresh process after the page
  reordered,  // the state comes back with its keys in another order
  respelled,  // the state comes back with other white space and escapes
  resync,     // after the end everything again from {} over the existing rows
};

// A row of the matrix.
struct Fault {
  FaultKind kind;
  std::string_view name;   // as in --faults
  std::string_view about;  // for reports
  std::string_view rule;   // what a difference breaks
  bool after_page;         // it happens between two calls, not in one
  bool once;               // it concerns the whole sync and not a page
};

std::span<const Fault> all_faults();

// The faults of those names, all for an empty list. Error (usage): an unknown one, with what was
// probably meant.
base::Result<std::vector<Fault>> faults_named(const std::vector<std::string>& names);

// The pages of a sync of `count` calls that `text` names: "" (all up to 20, else first, middle and
// last), "all", or a list of numbers and ranges, "1,5-7". Numbers beyond the sync are left out.
// Error (usage): anything else, or none is left.
base::Result<std::vector<int>> pages_named(std::string_view text, int count);

}  // namespace workflows
