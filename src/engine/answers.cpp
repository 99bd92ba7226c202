// SPDX-License-Identifier: Apache-2.0
#include "engine/answers.hpp"

#include "engine/calls.hpp"
#include "protocol/json_text.hpp"

namespace engine {

Answers::Answers(World world, Settings settings)
    : world_(world),
      settings_(std::move(settings)),
      log_(world.reporter),
      pages_(world_, settings_, history_, log_),
      book_(settings_.measure_times ? &world_.clock : nullptr) {}

core::SyncRequest Answers::request() const {
  core::SyncRequest request =
      request_template(settings_, settings_.sync_id ? *settings_.sync_id : world_.new_uuid());
  request.state = state_;
  return request;
}

base::Result<void> Answers::begin_series(const core::State& state) {
  end_series();
  if (settings_.measure_times) book_.begin(world_.clock.steady());
  state_ = state;
  core::SyncReport series;
  FSIM_ASSIGN(series.sync, world_.destination.begin_sync("", world_.clock.now()));
  const bool historical = protocol::canonical(state.json) == "{}";
  series.kind = historical ? "historical" : "incremental";
  history_ = {};
  history_.begin_sync(series.sync, state, historical);
  report_.syncs.push_back(std::move(series));
  return {};
}

base::Result<void> Answers::add(core::SyncRequest request, std::uint64_t request_bytes,
                                core::RawResponse raw) {
  core::SyncReport& series = report_.syncs.back();
  request.state = state_;
  Page page;
  page.request = std::move(request);
  page.request_bytes = request_bytes;
  page.raw = std::move(raw);
  page.call = static_cast<int>(series.call_count) + 1;
  page.sync_start = world_.clock.now();
  page.timeout = settings_.call_timeout;
  PageOutcome outcome;
  if (page.request.setup_test) {
    series.kind = "setup test";
    outcome = pages_.judge_setup_test(page);
  } else {
    FSIM_ASSIGN(outcome, take(page));
    state_ = outcome.state;
  }
  world_.reporter.on_event(core::CallFinished{series.sync, outcome.report});
  ++series.call_count;
  series.connector_time += outcome.report.duration;
  series.widened.insert(series.widened.end(), outcome.report.widened.begin(),
                        outcome.report.widened.end());
  series.duration = series.connector_time;
  series.state = state_.json;
  if (!outcome.accepted) {
    series.outcome = core::Outcome::failed;
    series.stopped_by = "failed call";
  }
  series.calls.push_back(std::move(outcome.report));
  return {};
}

// All steps of a page, with the time of each.
base::Result<PageOutcome> Answers::take(Page& page) {
  book_.turn_to(&core::TimeSpent::parse);
  pages_.read(page);
  book_.turn_to(&core::TimeSpent::check);
  pages_.judge(page);
  book_.turn_to(&core::TimeSpent::load);
  auto outcome = pages_.load(page);
  book_.turn_to(&core::TimeSpent::other);
  if (outcome) book_.move(&core::TimeSpent::load, &core::TimeSpent::commit, outcome->commit);
  return outcome;
}

void Answers::end_series() {
  if (!settings_.measure_times || report_.syncs.empty()) return;
  book_.end(world_.clock.steady());
  report_.syncs.back().times = {book_.spent(), {}};
}

base::Result<void> Answers::finish() {
  end_series();
  report_.findings = log_.findings();
  for (const core::SyncReport& series : report_.syncs)
    if (series.outcome != core::Outcome::succeeded) report_.outcome = series.outcome;
  FSIM_ASSIGN(report_.tables, world_.destination.tables());
  return {};
}

}  // namespace engine
