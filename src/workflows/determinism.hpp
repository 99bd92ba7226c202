// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/determinism.hpp"
#include "core/report.hpp"
#include "engine/world.hpp"
#include "rules/rule_set.hpp"
#include "workflows/chaos_lab.hpp"

namespace workflows {

struct DeterminismOptions {
  // The connector in another time zone and locale; none where it does not run here.
  MakeConnector make_elsewhere;
  bool can_start_cold = true;
  rules::Options rules;
};

// The time zone and the locale of `make_elsewhere`.
inline constexpr const char* kOtherTimeZone = "Asia/Kathmandu";
inline constexpr const char* kOtherLocale = "de_DE.UTF-8";

// Sends the first, a middle and the last state of a sync again, three times to one process and once
// in each other way, and adds to the report what was not the same (RES-03).
base::Result<void> check_determinism(Lab& lab, engine::World& world,
                                     const engine::Settings& settings,
                                     const DeterminismOptions& options, core::Report& report);

}  // namespace workflows
