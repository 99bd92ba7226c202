// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/report.hpp"
#include "engine/world.hpp"
#include "rules/rule_set.hpp"
#include "workflows/chaos_faults.hpp"
#include "workflows/chaos_lab.hpp"
#include "workflows/chaos_probes.hpp"
#include "workflows/determinism.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace workflows {

struct ChaosOptions {
  bool matrix = true, determinism = true, probes = true;  // which checks
  std::vector<Fault> faults;
  std::string pages;  // as pages_named takes it
  std::uint64_t seed = 1;
  std::vector<std::string> volatile_columns;  // left out of comparisons: "COLUMN", "TABLE.COLUMN"
  bool can_start_cold = true;                 // false: what runs elsewhere keeps its processes
  std::string progress_file;                  // what an interrupted run leaves; empty: nothing
  std::string identity;                       // of target and settings: of which run it may be
  std::string reproduce;                      // the command that findings add pages and faults to
  rules::Options rules;
  MakeConnector make_elsewhere;         // as DeterminismOptions has it
  std::vector<core::State> old_states;  // as ProbeOptions has them
  std::function<base::Result<void>()> change_source;
  std::function<std::string(std::string_view)> redact;  // takes secrets out of what is kept
  std::function<void(const std::string&)> show;         // what runs now, and how far it is
};

// Disturbs the sync of a connector at each page in each way and compares the tables with those of
// an undisturbed one: report.chaos, and RES findings for what differs.
// Then sends states again, as determinism.hpp tells, and asks what chaos_probes.hpp tells.
//
// An undisturbed sync runs first in `world`, whose destination and reporter are the caller's, and
// is judged like any sync; if it does not reach its end, nothing is disturbed. A second one, in a
// fresh process, tells which columns and tables differ by themselves. A row counts as lost, extra
// or changed only if it is so beside an undisturbed sync made before the fault and beside one made
// after it: so a source that changes meanwhile accuses nobody.
//
// Each cell of the matrix has a connector and tables of its own. Cells are kept in `progress_file`
// as they come, so that a run that was killed goes on; the file goes when all are done.
base::Result<void> run_chaos(Lab& lab, engine::World world, const engine::Settings& settings,
                             const ChaosOptions& options, core::Report& report);

// About how many calls that makes, all in all, for a sync of `calls` calls that takes no harm; each
// disturbed sync that comes out otherwise costs an undisturbed one more.
std::uint64_t expected_calls(const ChaosOptions& options, int calls);

}  // namespace workflows
