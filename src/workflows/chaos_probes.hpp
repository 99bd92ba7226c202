// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/report.hpp"
#include "engine/world.hpp"
#include "rules/rule_set.hpp"
#include "workflows/chaos_lab.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace workflows {

struct ProbeOptions {
  std::vector<core::State> old_states;  // that an earlier version of the connector left
  // Changes the source, as its users would; none: the source is left alone.
  std::function<base::Result<void>()> change_source;
  std::vector<std::string> volatile_columns;  // "COLUMN", "TABLE.COLUMN": not compared
  rules::Options rules;
};

// Asks the connector beside the faults: does a sync from the last state send everything again
// (INC-01); do rows show up one step before a checkpoint that the sync did not bring (INC-02); is a
// changed source noticed (INC-05); does a state of the future bring rows (INC-07); can it go on
// from an older version's state (INC-08). The report must hold an undisturbed sync that came to its
// end, `undisturbed` its tables; each question is in report.probes with its answer.
base::Result<void> run_probes(Lab& lab, engine::World& world, core::Destination& undisturbed,
                              const engine::Settings& settings, const ProbeOptions& options,
                              core::Report& report);

}  // namespace workflows
