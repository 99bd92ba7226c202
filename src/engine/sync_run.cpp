// SPDX-License-Identifier: Apache-2.0
#include "engine/sync_run.hpp"

#include "protocol/json_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace engine {

using core::Outcome;

core::SyncRequest request_template(const Settings& settings, std::string sync_id) {
  core::SyncRequest request;
  request.agent = settings.agent;
  request.secrets_json = settings.secrets_json;
  request.custom_payload_json = settings.custom_payload_json;
  request.sync_id = std::move(sync_id);
  return request;
}

void name_file(core::SyncRequest& request, const Settings& settings, int call) {
  if (settings.bucket.empty()) return;
  request.bucket = settings.bucket;
  request.file = fmt::format("fivetran/{}/call-{:05}.json", request.sync_id, call);
}

base::Result<core::RawResponse> call_connector(World& world, const Settings& settings,
                                               const core::SyncRequest& request,
                                               const std::string& body,
                                               std::chrono::milliseconds timeout) {
  if (settings.limits.request_bytes > 0 && body.size() > settings.limits.request_bytes) {
    core::RawResponse refused;
    refused.failure = core::FailureKind::request_too_large;
    refused.error_type = "RequestEntityTooLargeException";
    refused.error_message = fmt::format(
        "{} byte payload is too large for the RequestResponse invocation type (limit {} bytes)",
        body.size(), settings.limits.request_bytes);
    refused.may_have_run = false;
    return refused;
  }
  core::Call call{body, timeout};
  // What answers a setup test need not write a file: contract §1.4.
  if (!request.setup_test) {
    call.bucket = request.bucket;
    call.file = request.file;
  }
  return world.connector.invoke(call);
}

SyncRun::SyncRun(World& world, const Settings& settings, core::History& history, FindingLog& log)
    : world_(world),
      settings_(settings),
      history_(history),
      log_(log),
      pages_(world, settings, history, log) {}

std::string SyncRun::limit_reached() const {
  const core::Budget& budget = settings_.budget;
  if (world_.interrupted()) return "interrupted";
  if (budget.max_calls > 0 && report_.call_count >= budget.max_calls) return "max-calls";
  if (budget.max_rows > 0 && rows_ >= budget.max_rows) return "max-rows";
  const auto elapsed = world_.clock.steady() - begin_;
  if (budget.max_time.count() > 0 && elapsed >= budget.max_time) return "max-time";
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

base::Result<PageOutcome> SyncRun::one_call(const core::State& state, int call) {
  request_.state = state;
  name_file(request_, settings_, call);
  const std::string body = protocol::to_json(request_, settings_.request_shape);
  world_.reporter.on_event(core::CallStarted{report_.sync, call});
  FSIM_ASSIGN(core::RawResponse raw,
              call_connector(world_, settings_, request_, body, settings_.call_timeout));
  core::RawResponse repeated;
  const bool repeat = settings_.check_idempotent && raw.answered();
  if (repeat) {
    FSIM_ASSIGN(repeated,
                call_connector(world_, settings_, request_, body, settings_.call_timeout));
  }
  return pages_.process({.request = request_,
                         .request_bytes = body.size(),
                         .raw = raw,
                         .repeat = repeat ? &repeated : nullptr,
                         .call = call,
                         .sync_start = started_,
                         .timeout = settings_.call_timeout});
}

base::Result<void> SyncRun::run(const core::State& start) {
  begin_ = world_.clock.steady();
  started_ = world_.clock.now();
  request_ =
      request_template(settings_, settings_.sync_id ? *settings_.sync_id : world_.new_uuid());
  const bool historical = protocol::canonical(start.json) == "{}";
  FSIM_ASSIGN(report_.sync, world_.destination.begin_sync(request_.sync_id, started_));
  report_.sync_id = request_.sync_id;
  report_.kind = historical ? "historical" : "incremental";
  history_.begin_sync(report_.sync, start, historical);
  world_.reporter.on_event(
      core::SyncStarted{report_.sync, report_.sync_id, report_.kind, start.json});

  core::State state = start;
  bool finished = false;
  for (int call = 1; !finished; ++call) {
    if (report_.stopped_by = limit_reached(); !report_.stopped_by.empty()) {
      report_.outcome = Outcome::stopped;
      break;
    }
    // Not an error: "Any records that were not fetched in that six hour period will be fetched in
    // the next update cycle."
    if (call > 1 && world_.clock.steady() - begin_ >= settings_.sync_limit) {
      report_.stopped_by = "six hours";
      break;
    }
    auto outcome = one_call(state, call);
    if (!outcome) {
      report_.outcome = Outcome::failed;
      report_.stopped_by = "error";
      finish(state, false);
      return tl::unexpected<base::Error>(outcome.error());
    }
    count(outcome->report);
    world_.reporter.on_event(core::CallFinished{report_.sync, outcome->report});
    state = outcome->state;
    if (!outcome->accepted || outcome->endless) {
      report_.outcome = Outcome::failed;
      report_.stopped_by = outcome->endless ? "endless" : "failed call";
      break;
    }
    finished = !outcome->has_more;
  }
  finish(state, finished);
  return {};
}

void SyncRun::finish(const core::State& end, bool finished) {
  report_.state = end.json;
  report_.duration =
      std::chrono::duration_cast<std::chrono::microseconds>(world_.clock.steady() - begin_);
  const core::SyncView view{.sync = report_.sync,
                            .history = history_,
                            .end_state = end,
                            .finished = finished,
                            .time_limit_reached = report_.stopped_by == "six hours",
                            .now = world_.clock.now()};
  log_.add(world_.rules.judge_sync(view), report_.sync, 0);
  history_.end_sync(end);
  world_.reporter.on_event(core::SyncFinished{report_});
}

}  // namespace engine
