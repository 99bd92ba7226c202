// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/forecast.hpp"
#include "core/report.hpp"
#include "core/rule.hpp"
#include "rules/rule_set.hpp"
#include "workflows/chaos_lab.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace workflows {

// What the calls are measured against.
struct ForecastBasis {
  core::Limits limits;
  std::chrono::milliseconds call_timeout{0};
  std::chrono::milliseconds sync_limit = std::chrono::hours(6);  // contract §3
  core::WallTime now{};
  std::string until;             // where the cursor ends: a time or a whole number; empty: now
  std::uint64_t total_rows = 0;  // all that the source has; 0: not known
};

// Reckons from the calls of one sync, in order. The steps of the best cursor give their mean and,
// by its standard error, the interval; three steps at least are needed. A response grows clearly
// when a line through all of them rises by more than three standard errors.
core::Forecast forecast_of(const std::vector<core::CallReport>& calls, bool finished,
                           const ForecastBasis& basis);

// The pages of the first sync of a report. `finished`: it came to its end. Error (usage): the
// report has no sync, or that sync no page.
struct RecordedCalls {
  std::vector<core::CallReport> calls;
  bool finished = false;
  std::string target;
};
base::Result<RecordedCalls> recorded_calls(const core::Report& report);

// FCT findings: more than one six-hour sync, responses that grow towards the limit, nothing to
// tell.
std::vector<core::Finding> forecast_findings(const core::Forecast& forecast,
                                             const ForecastBasis& basis,
                                             const rules::Options& options);

// Makes up to `max_calls` calls of a first sync into `world`, then, if that reached its end, one
// sync from the last state into tables of the lab, and reckons. A lab without `make_connector`
// (recorded answers) has no such sync.
base::Result<void> run_forecast(Lab& lab, engine::World world, const engine::Settings& settings,
                                std::uint64_t max_calls, const ForecastBasis& basis,
                                const rules::Options& options, core::Report& report);

}  // namespace workflows
