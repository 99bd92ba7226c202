// SPDX-License-Identifier: Apache-2.0
#include "engine/runner.hpp"

#include "engine/calls.hpp"
#include "engine/sync_run.hpp"

#include <algorithm>

namespace engine {

using core::Outcome;

void preload_history(core::History& history, const std::vector<core::Table>& tables) {
  for (const core::Table& table : tables) {
    core::TableHistory& known = history.tables[table.source];
    known.primary_key.clear();  // two stored tables may have one source, under different namings
    for (const std::string& key : table.primary_key) {
      const auto column = std::ranges::find(table.columns, key, &core::Column::name);
      known.primary_key.push_back(column == table.columns.end() ? key : column->source);
    }
    known.had_key = !known.primary_key.empty();
    known.seen = table.rows > 0;
    for (const core::Column& column : table.columns)
      known.columns[column.source] =
          static_cast<std::uint16_t>(1u << static_cast<int>(column.type));
  }
}

Runner::Runner(World world, Settings settings)
    : world_(world), settings_(std::move(settings)), log_(world.reporter) {}

base::Result<void> Runner::preload() {
  FSIM_ASSIGN(const std::vector<core::Table> tables, world_.destination.tables());
  preload_history(history_, tables);
  return {};
}

base::Result<bool> Runner::setup_test(bool with_state) {
  core::SyncReport report;
  report.kind = "setup test";
  report.sync_id = settings_.sync_id ? *settings_.sync_id : world_.new_uuid();
  core::SyncRequest request = request_template(settings_, report.sync_id);
  request.setup_test = true;
  request.send_state = with_state;
  request.only_informs = with_state != settings_.setup_test_has_state;
  name_file(request, settings_, 0);
  world_.reporter.on_event(
      core::SyncStarted{0, report.sync_id, report.kind, with_state ? "{}" : ""});
  const std::string body = protocol::to_json(request, settings_.request_shape);
  const auto timeout =
      std::min<std::chrono::milliseconds>(settings_.call_timeout, protocol::kSetupTestTime);
  world_.reporter.on_event(core::CallStarted{0, 1});
  Page page;
  FSIM_ASSIGN(page.raw, call_connector(world_, settings_, request, body, timeout));
  page.request = request;
  page.request_bytes = body.size();
  page.call = 1;
  page.timeout = timeout;
  PageProcessor pages(world_, settings_, history_, log_);
  const PageOutcome outcome = pages.judge_setup_test(page);
  world_.reporter.on_event(core::CallFinished{0, outcome.report});
  report.calls.push_back(outcome.report);
  report.call_count = 1;
  report.duration = report.connector_time = outcome.report.duration;
  // The second test only informs: whether Fivetran ever sends it is not known.
  const bool passed = outcome.accepted || request.only_informs;
  report.outcome = passed ? Outcome::succeeded : Outcome::failed;
  report.stopped_by = passed ? "" : "failed call";
  world_.reporter.on_event(core::SyncFinished{report});
  report_.syncs.push_back(std::move(report));
  return passed;
}

base::Result<void> Runner::syncs(const RunPlan& plan) {
  core::State state;
  if (plan.start) {
    state = *plan.start;
  } else if (!plan.full_refresh) {
    FSIM_ASSIGN(const std::optional<core::StoredState> stored, world_.destination.state());
    if (stored) state = stored->state;
    // A state that was set by hand says nothing about how a sync ended.
    if (stored && stored->call > 0) history_.last_sync_end_state = stored->state;
  }
  for (int i = 0; i < plan.syncs; ++i) {
    if (static_cast<std::size_t>(i) < plan.starts.size())
      state = plan.starts[static_cast<std::size_t>(i)];
    SyncRun sync(world_, settings_, history_, log_);
    auto ran = sync.run(state);
    report_.syncs.push_back(sync.report());
    FSIM_TRY(std::move(ran));
    state.json = sync.report().state;
    if (sync.report().outcome != Outcome::succeeded) break;
  }
  return {};
}

base::Result<void> Runner::conclude() {
  report_.findings = log_.findings();
  for (const core::SyncReport& sync : report_.syncs)
    if (sync.outcome != Outcome::succeeded) report_.outcome = sync.outcome;
  FSIM_ASSIGN(report_.tables, world_.destination.tables());
  return {};
}

base::Result<void> Runner::run(const RunPlan& plan) {
  FSIM_TRY(preload());
  bool go_on = true;
  if (plan.setup_test) {
    auto passed = setup_test(settings_.setup_test_has_state);
    if (passed && *passed) passed = setup_test(!settings_.setup_test_has_state);
    if (!passed) {
      report_.outcome = Outcome::failed;
      return tl::unexpected<base::Error>(passed.error());
    }
    go_on = *passed;
  }
  base::Result<void> ran;
  if (go_on) ran = syncs(plan);
  if (!ran) {
    report_.findings = log_.findings();
    report_.outcome = Outcome::failed;
    return ran;
  }
  return conclude();
}

}  // namespace engine
