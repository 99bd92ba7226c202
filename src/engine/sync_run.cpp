// SPDX-License-Identifier: Apache-2.0
#include "engine/sync_run.hpp"

#include "engine/calls.hpp"
#include "protocol/json_text.hpp"

#include <algorithm>
#include <utility>

namespace engine {

using core::Outcome;

constexpr std::string_view kSixHours = "six hours";
constexpr std::string_view kEndOfRecording = "end of the recording";

SyncRun::SyncRun(World& world, const Settings& settings, core::History& history, FindingLog& log)
    : world_(world),
      settings_(settings),
      history_(history),
      log_(log),
      pages_(world, settings, history, log),
      book_(settings.measure_times ? &world.clock : nullptr) {}

std::string SyncRun::limit_reached(int call) const {
  const core::Budget& budget = settings_.budget;
  if (world_.interrupted()) return "interrupted";
  if (budget.max_calls > 0 && static_cast<std::uint64_t>(call) > budget.max_calls)
    return "max-calls";
  if (budget.max_rows > 0 && rows_ >= budget.max_rows) return "max-rows";
  const auto elapsed = world_.clock.steady() - begin_;
  if (budget.max_time.count() > 0 && elapsed >= budget.max_time) return "max-time";
  // Not an error: "Any records that were not fetched in that six hour period will be fetched in
  // the next update cycle."
  if (call > 1 && world_.clock.steady() - begin_ >= settings_.sync_limit)
    return std::string(kSixHours);
  if (call > 1 && world_.exhausted && world_.exhausted()) return std::string(kEndOfRecording);
  return "";
}

void SyncRun::count(const core::CallReport& call) {
  ++report_.call_count;
  report_.connector_time += call.duration;
  for (const core::TableCount& rows : call.rows) {
    auto total = std::ranges::find(report_.totals, rows.table, &core::TableCount::table);
    if (total == report_.totals.end())
      total = report_.totals.insert(total, core::TableCount{.table = rows.table});
    total->inserted += rows.inserted;
    total->deleted += rows.deleted;
    total->rejected += rows.rejected;
    rows_ += rows.inserted + rows.deleted;
  }
  report_.widened.insert(report_.widened.end(), call.widened.begin(), call.widened.end());
  if (report_.calls.size() < core::SyncReport::kMaxCalls) report_.calls.push_back(call);
}

// Calls the connector and reads its answer; the page before may still be loading.
base::Result<Page> SyncRun::fetch(const core::State& state, int call) {
  request_.state = state;
  name_file(request_, settings_, call);
  const std::string body = protocol::to_json(request_, settings_.request_shape);
  Page page;
  book_.turn_to(&core::TimeSpent::connector);
  FSIM_ASSIGN(page.raw, call_connector(world_, settings_, request_, body, settings_.call_timeout));
  if (settings_.check_idempotent && page.raw.answered()) {
    FSIM_ASSIGN(page.repeat,
                call_connector(world_, settings_, request_, body, settings_.call_timeout));
  }
  book_.turn_to(&core::TimeSpent::parse);
  page.request = request_;
  page.request_bytes = body.size();
  page.call = call;
  page.sync_start = started_;
  page.timeout = settings_.call_timeout;
  pages_.read(page);
  return page;
}

// Whether the next call is made while the page is loaded. A small page is loaded sooner than a
// thread is woken; and a limit of rows is known only after the load.
bool SyncRun::may_load_behind(const Page& page) const {
  return page.loadable() && page.has_more() && !page.is_endless() &&
         page.report.response_bytes + page.report.file_bytes.value_or(0) >=
             base::BackgroundTask::kWorthwhileBytes &&
         settings_.budget.max_rows == 0 && limit_reached(page.call + 1).empty();
}

void SyncRun::load_behind(Page page) {
  loading_ = std::move(page);
  if (world_.logs != nullptr) world_.logs->hold();
  loader_.start([this]() -> base::Result<void> {
    const auto begin = settings_.measure_times ? world_.clock.steady() : begin_;
    auto loaded = load(loading_);
    if (settings_.measure_times) behind_.load += world_.clock.steady() - begin - committing_;
    behind_.commit += committing_;
    if (loaded) world_.reporter.on_event(core::CallStarted{report_.sync, loading_.call + 1});
    if (world_.logs != nullptr) world_.logs->release();
    return loaded;
  });
}

base::Result<void> SyncRun::load(Page& page) {
  committing_ = {};
  FSIM_ASSIGN(PageOutcome outcome, pages_.load(page));
  committing_ = outcome.commit;
  count(outcome.report);
  world_.reporter.on_event(core::CallFinished{report_.sync, std::move(outcome.report)});
  state_ = std::move(outcome.state);
  if (!outcome.accepted || outcome.endless) {
    report_.outcome = Outcome::failed;
    report_.stopped_by = outcome.endless ? "endless" : "failed call";
  }
  finished_ = outcome.accepted && !outcome.endless && !outcome.has_more;
  return {};
}

base::Result<void> SyncRun::calls() {
  core::State next = state_;
  bool behind = false;  // a page is being loaded, and the next call was announced
  for (int call = 1; behind || may_call(call); ++call) {
    if (!behind) world_.reporter.on_event(core::CallStarted{report_.sync, call});
    auto page = fetch(next, call);
    book_.turn_to(&core::TimeSpent::waiting);
    FSIM_TRY(loader_.wait());
    if (!page) return tl::unexpected<base::Error>(page.error());
    book_.turn_to(&core::TimeSpent::check);
    pages_.judge(*page);
    book_.turn_to(&core::TimeSpent::other);
    next = page->next_state();
    behind = may_load_behind(*page);
    if (behind)
      load_behind(std::move(*page));
    else
      FSIM_TRY(load_here(*page));
  }
  return {};
}

base::Result<void> SyncRun::load_here(Page& page) {
  book_.turn_to(&core::TimeSpent::load);
  FSIM_TRY(load(page));
  book_.turn_to(&core::TimeSpent::other);
  book_.move(&core::TimeSpent::load, &core::TimeSpent::commit, committing_);
  return {};
}

bool SyncRun::may_call(int call) {
  if (finished_ || !report_.stopped_by.empty()) return false;
  report_.stopped_by = limit_reached(call);
  if (!report_.stopped_by.empty() && report_.stopped_by != kSixHours &&
      report_.stopped_by != kEndOfRecording)
    report_.outcome = Outcome::stopped;
  return report_.stopped_by.empty();
}

base::Result<void> SyncRun::run(const core::State& start) {
  begin_ = world_.clock.steady();
  book_.begin(begin_);
  started_ = world_.clock.now();
  state_ = start;
  request_ =
      request_template(settings_, settings_.sync_id ? *settings_.sync_id : world_.new_uuid());
  const bool historical = protocol::canonical(start.json) == "{}";
  FSIM_ASSIGN(report_.sync, world_.destination.begin_sync(request_.sync_id, started_));
  report_.sync_id = request_.sync_id;
  report_.kind = historical ? "historical" : "incremental";
  history_.begin_sync(report_.sync, start, historical);
  world_.reporter.on_event(
      core::SyncStarted{report_.sync, report_.sync_id, report_.kind, start.json});
  auto called = calls();
  if (!called) {
    report_.outcome = Outcome::failed;
    report_.stopped_by = "error";
  }
  finish();
  return called;
}

void SyncRun::finish() {
  report_.state = state_.json;
  const auto end = world_.clock.steady();
  report_.duration = std::chrono::duration_cast<std::chrono::microseconds>(end - begin_);
  book_.end(end);
  if (settings_.measure_times) report_.times = {book_.spent(), behind_};
  const core::SyncView view{.sync = report_.sync,
                            .history = history_,
                            .end_state = state_,
                            .finished = finished_,
                            .time_limit_reached = report_.stopped_by == kSixHours,
                            .now = world_.clock.now()};
  log_.add(world_.rules.judge_sync(view), report_.sync, 0);
  history_.end_sync(state_);
  world_.reporter.on_event(core::SyncFinished{report_});
}

}  // namespace engine
