// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/history.hpp"
#include "core/report.hpp"
#include "engine/finding_log.hpp"
#include "engine/world.hpp"

#include <optional>
#include <vector>

namespace engine {

struct RunPlan {
  bool setup_test = false;  // first two setup tests: one with `state: {}`, one without state
  int syncs = 1;
  bool full_refresh = false;
  std::optional<core::State> start;  // instead of the stored state, for the first sync
  // Where syncs begin, instead of where the one before ended; may be shorter than `syncs`.
  std::vector<core::State> starts = {};
};

// Runs setup tests and syncs of one connection and gathers their report. Syncs after the first go
// on from the state that the one before left; the run ends at the first sync that does not succeed.
class Runner {
 public:
  Runner(World world, Settings settings);

  // The report's syncs, findings, tables and outcome are filled also when an Error ended the run:
  // see `report`.
  base::Result<void> run(const RunPlan& plan);
  const core::Report& report() const noexcept { return report_; }
  core::Report& report() noexcept { return report_; }

 private:
  base::Result<void> preload();
  base::Result<bool> setup_test(bool with_state);
  base::Result<void> syncs(const RunPlan& plan);
  base::Result<void> conclude();

  World world_;
  Settings settings_;
  core::History history_;
  FindingLog log_;
  core::Report report_;
};

// What earlier runs left in the destination, for rules that look back.
void preload_history(core::History& history, const std::vector<core::Table>& tables);

}  // namespace engine
