// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "engine/runner.hpp"
#include "workflows/forecast.hpp"
#include "workflows/made_finding.hpp"
#include "workflows/table_difference.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflows {
namespace {

using core::Forecast;

// Keys that came a second time: rows that were sent and are not there.
std::uint64_t sent_again(const core::SyncReport& sync, const std::vector<core::Table>& tables) {
  std::uint64_t again = 0;
  for (const core::TableCount& total : sync.totals) {
    const auto table = std::ranges::find(tables, total.table, &core::Table::name);
    if (table != tables.end() && total.deleted == 0 && total.inserted > table->rows)
      again += total.inserted - table->rows;
  }
  return again;
}

base::Result<void> add_next_sync(Lab& lab, engine::World& world, const engine::Settings& settings,
                                 const core::SyncReport& first, Forecast& f) {
  LabConnection next(lab, settings, {}, static_cast<int>(first.call_count));
  FSIM_TRY(next.begin_anew());
  FSIM_TRY(next.set_state({first.state}));
  FSIM_ASSIGN(const core::SyncReport sync, next.sync(first.call_count + 1));
  std::uint64_t rows = 0, fresh = 0;
  for (const core::TableCount& total : sync.totals) rows += total.inserted;
  FSIM_ASSIGN(const Effects found, effects(world.destination, next.tables(), {}, {}));
  for (const auto& [name, table] : found) fresh += table.extra + table.changed;
  f.next_sync_rows = rows;
  f.next_sync_unchanged = rows - std::min(rows, fresh);
  return {};
}

std::string left_text(const core::Interval& hours) {
  return base::human_duration(
      std::chrono::seconds(static_cast<std::int64_t>(std::min(hours.likely, 1e9))));
}

}  // namespace

base::Result<RecordedCalls> recorded_calls(const core::Report& report) {
  const auto sync = std::ranges::find_if(
      report.syncs, [](const core::SyncReport& one) { return one.kind != "setup test"; });
  if (sync == report.syncs.end()) return base::fail(base::ErrorKind::usage, "it holds no sync");
  RecordedCalls recorded;
  recorded.target = report.target;
  recorded.finished = sync->outcome == core::Outcome::succeeded && sync->stopped_by.empty();
  for (const core::CallReport& call : sync->calls)
    if (call.accepted) recorded.calls.push_back(call);
  if (recorded.calls.empty()) return base::fail(base::ErrorKind::usage, "its sync has no page");
  return recorded;
}

std::vector<core::Finding> forecast_findings(const Forecast& f, const ForecastBasis& basis,
                                             const rules::Options& options) {
  std::vector<core::Finding> findings;
  const auto add = [&](std::string_view rule, std::string message) {
    auto finding = finding_of(rule, options);
    if (!finding) return;
    finding->message = std::move(message);
    findings.push_back(std::move(*finding));
  };
  if (f.syncs_left && f.syncs_left->likely > 1)
    add("FCT-01", fmt::format("the rest of the history takes about {}, {:.0f} syncs of {}",
                              left_text(*f.seconds_left), f.syncs_left->likely,
                              base::human_duration(basis.sync_limit)));
  // As far ahead as the history goes, or ten times what was seen.
  const double ahead = f.calls_left ? f.calls_left->likely
                       : f.finished ? 0
                                    : 10 * static_cast<double>(f.calls);
  const double at_end = static_cast<double>(f.largest_response) + f.growth * ahead;
  if (f.grows && f.response_limit > 0 && at_end > static_cast<double>(f.response_limit))
    add("FCT-02",
        fmt::format(
            "responses grow by {} a call; after {:.0f} calls more they would pass the limit "
            "of {}",
            base::human_bytes(static_cast<std::uint64_t>(f.growth)),
            (static_cast<double>(f.response_limit) - static_cast<double>(f.largest_response)) /
                f.growth,
            base::human_bytes(f.response_limit)));
  if (!f.finished && !f.calls_left)
    add("FCT-03",
        fmt::format("it cannot be told how long the history takes: {}",
                    f.cannot_tell.empty() ? "the cursor does not move" : f.cannot_tell.front()));
  return findings;
}

base::Result<void> run_forecast(Lab& lab, engine::World world, const engine::Settings& settings,
                                std::uint64_t max_calls, const ForecastBasis& basis,
                                const rules::Options& options, core::Report& report) {
  engine::Settings first = settings;
  first.budget.max_calls = max_calls;
  engine::Runner runner(world, first);
  const auto ran = runner.run({});
  report = runner.report();
  FSIM_TRY(ran);
  if (report.syncs.empty() || report.syncs.back().calls.empty()) return {};
  core::SyncReport& sync = report.syncs.back();
  lab.calls += sync.call_count;
  if (sync.outcome == core::Outcome::failed || sync.stopped_by == "interrupted") return {};
  // To end here was the purpose, no limit of the user's.
  if (sync.stopped_by == "max-calls") report.outcome = sync.outcome = core::Outcome::succeeded;
  Forecast f = forecast_of(sync.calls, sync.stopped_by.empty(), basis);
  f.basis = fmt::format("{} call{} made now", f.calls, f.calls == 1 ? "" : "s");
  f.sent_again = sent_again(sync, report.tables);
  if (f.finished && lab.make_connector) {
    FSIM_TRY(add_next_sync(lab, world, settings, sync, f));
  } else {
    f.cannot_tell.push_back(fmt::format(
        "rows of later syncs sent again unchanged: {}",
        f.finished ? "recorded answers know no further sync" : "the first has not ended"));
  }
  for (core::Finding& finding : forecast_findings(f, basis, options)) {
    world.reporter.on_event(core::FindingRaised{finding});
    report.findings.push_back(std::move(finding));
  }
  report.forecast = std::move(f);
  return {};
}

}  // namespace workflows
