// SPDX-License-Identifier: Apache-2.0
#include "engine/answers.hpp"

#include "engine/calls.hpp"
#include "protocol/json_text.hpp"

#include <utility>

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

// What it does to the destination waits for the answer before, which may be loading.
base::Result<void> Answers::begin_series(const core::State& state) {
  if (begins_with_) FSIM_TRY(start_series());
  begins_with_ = state_ = state;
  return settings_.measure_times ? start_series() : base::Result<void>();
}

base::Result<void> Answers::start_series() {
  FSIM_TRY(settle());
  if (!begins_with_) return {};
  end_series();
  if (settings_.measure_times) book_.begin(world_.clock.steady());
  const core::State state = *std::exchange(begins_with_, std::nullopt);
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
  request.state = state_;
  Page page;
  page.request = std::move(request);
  page.request_bytes = request_bytes;
  page.raw = std::move(raw);
  page.sync_start = world_.clock.now();
  page.timeout = settings_.call_timeout;
  if (!page.request.setup_test) return take(std::move(page));
  FSIM_TRY(start_series());
  report_.syncs.back().kind = "setup test";
  page.call = next_call();
  PageOutcome outcome = pages_.judge_setup_test(page);
  outcome.state = state_;
  conclude(std::move(outcome));
  return {};
}

// All steps of a page, with the time of each.
base::Result<void> Answers::take(Page page) {
  book_.turn_to(&core::TimeSpent::parse);
  pages_.read(page);
  FSIM_TRY(start_series());
  page.call = page.report.call = next_call();
  book_.turn_to(&core::TimeSpent::check);
  pages_.judge(page);
  if (page.loadable()) state_ = page.next_state();
  behind_ = !settings_.measure_times &&
            page.report.response_bytes >= base::BackgroundTask::kWorthwhileBytes;
  page_ = std::move(page);
  if (behind_) {
    loader_.start([this] { return load(); });
    return {};
  }
  book_.turn_to(&core::TimeSpent::load);
  FSIM_TRY(load());
  book_.turn_to(&core::TimeSpent::other);
  book_.move(&core::TimeSpent::load, &core::TimeSpent::commit, outcome_.commit);
  conclude(std::move(outcome_));
  return {};
}

int Answers::next_call() const {
  return static_cast<int>(report_.syncs.back().call_count) + 1;
}

base::Result<void> Answers::load() {
  FSIM_ASSIGN(outcome_, pages_.load(page_));
  return {};
}

// Waits for the answer that is being loaded.
base::Result<void> Answers::settle() {
  const bool was_behind = std::exchange(behind_, false);
  FSIM_TRY(loader_.wait());
  if (was_behind) conclude(std::move(outcome_));
  return {};
}

void Answers::give_up() {
  static_cast<void>(settle());
}

void Answers::conclude(PageOutcome outcome) {
  core::SyncReport& series = report_.syncs.back();
  world_.reporter.on_event(core::CallFinished{series.sync, outcome.report});
  ++series.call_count;
  series.connector_time += outcome.report.duration;
  series.widened.insert(series.widened.end(), outcome.report.widened.begin(),
                        outcome.report.widened.end());
  series.duration = series.connector_time;
  series.state = outcome.state.json;
  if (!outcome.accepted) {
    series.outcome = core::Outcome::failed;
    series.stopped_by = "failed call";
  }
  series.calls.push_back(std::move(outcome.report));
}

void Answers::end_series() {
  if (!settings_.measure_times || report_.syncs.empty()) return;
  book_.end(world_.clock.steady());
  report_.syncs.back().times = {book_.spent(), {}};
}

base::Result<void> Answers::finish() {
  FSIM_TRY(start_series());
  end_series();
  report_.findings = log_.findings();
  for (const core::SyncReport& series : report_.syncs)
    if (series.outcome != core::Outcome::succeeded) report_.outcome = series.outcome;
  FSIM_ASSIGN(report_.tables, world_.destination.tables());
  return {};
}

}  // namespace engine
