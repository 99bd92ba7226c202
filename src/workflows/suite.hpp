// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/report.hpp"
#include "engine/runner.hpp"
#include "engine/world.hpp"
#include "rules/rule_set.hpp"
#include "workflows/expectations.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workflows {

// quick: the first page, or all of recorded answers. standard: setup test, a historical and an
// incremental sync, the same state twice, a state with its keys in another order, recorded states.
// full: also the limits of every platform.
enum class Suite { quick, standard, full };
std::optional<Suite> suite_named(std::string_view name);

struct SuiteOptions {
  Suite suite = Suite::standard;
  // Answers that were written or recorded: each is asked for once, in turn, and never repeated.
  bool recorded = false;
  engine::RunPlan recorded_plan{.start = core::State{}};
  // States that earlier code left, as JSON: today's code must go on from each.
  std::vector<std::string> earlier_states;
  Expectations expect;
  rules::Options rules;
  // A warehouse that is thrown away, for calls whose rows are not kept.
  std::function<base::Result<std::unique_ptr<core::Destination>>()> private_destination;
};

// Tests the connector of `world`: a check in the report for each thing that is tested, with its
// findings; also the syncs and the tables. What comes after a check that failed, and cannot be
// tested without it, is left out and says so. Error: of our own world; the report holds what was
// found before it.
base::Result<void> run_suite(const engine::World& world, const engine::Settings& settings,
                             const SuiteOptions& options, const std::string& target,
                             const core::Source& source, core::Report& report);

// Makes the checks failed whose findings count, once it is known which do.
void settle_checks(core::Report& report);

}  // namespace workflows
