// SPDX-License-Identifier: Apache-2.0
#include "engine/page_processor.hpp"

#include "base/text.hpp"
#include "protocol/bucket_file.hpp"
#include "protocol/json_text.hpp"
#include "protocol/parse.hpp"
#include "protocol/pointer.hpp"

#include <fmt/format.h>

namespace engine {

struct PageProcessor::Judged {
  std::optional<core::SyncResponse> response;
  core::Verdict verdict;
  std::optional<core::Cycle> cycle;
};

namespace {

// "<errorType> : <errorMessage>", the form in which Fivetran shows a failed call (contract §1.4).
std::string error_text(std::string_view type, std::string_view message) {
  if (type.empty()) return std::string(message);
  return fmt::format("{} : {}", type, message);
}

std::string failure_text(const core::RawResponse& raw, const core::SyncResponse* response) {
  if (!raw.answered()) {
    const std::string text = error_text(raw.error_type, raw.error_message);
    return text.empty() ? std::string(core::name(raw.failure)) : text;
  }
  if (response != nullptr && response->error_message.present())
    return error_text(response->error_type_text, response->error_message_text);
  return "";
}

core::CallReport report_of(const PageProcessor::Page& page, std::uint64_t response_bytes) {
  core::CallReport report;
  report.call = page.call;
  report.setup_test = page.request.setup_test;
  report.request_bytes = page.request_bytes;
  report.response_bytes = response_bytes;
  report.duration = page.raw.duration;
  report.state_before = report.state_after = page.request.state.json;
  report.failure = page.raw.failure;
  report.request_id = page.raw.request_id;
  report.executed_version = page.raw.executed_version;
  report.init_duration = page.raw.init_duration;
  report.billed_duration = page.raw.billed_duration;
  report.peak_memory_bytes = page.raw.peak_memory_bytes;
  report.memory_size_bytes = page.raw.memory_size_bytes;
  return report;
}

// The answer with what it left in the bucket.
core::SyncResponse parsed(core::RawResponse& raw, const protocol::TypeRules& types) {
  core::SyncResponse response = protocol::parse(std::move(raw.body), types);
  if (raw.file) protocol::add_bucket_file(response, std::move(*raw.file), types);
  return response;
}

core::Digest answer_digest(const core::RawResponse& raw) {
  if (!raw.file) return protocol::digest(raw.body.view());
  return protocol::digest(std::string(raw.body.view()).append(raw.file->bytes.view()));
}

std::vector<core::TableCount> counts(const core::LoadFacts& facts) {
  std::vector<core::TableCount> rows;
  for (const core::TableLoad& table : facts.tables)
    if (!table.stored.empty())
      rows.push_back({table.stored, table.inserted, table.deleted, table.rejected});
  return rows;
}

std::vector<core::WidenedColumn> widenings(const core::LoadFacts& facts, int call) {
  std::vector<core::WidenedColumn> all;
  for (const core::TableLoad& table : facts.tables)
    for (const core::Widened& one : table.widened)
      all.push_back(
          {table.stored, one.column, one.from, one.to, call,
           protocol::pointer({"insert", table.table, fmt::to_string(one.position), one.column})});
  return all;
}

}  // namespace

// Adds how to make the same call again, where the state is short enough to be typed.
void PageProcessor::tell(std::vector<core::Finding> findings, const Page& page) {
  constexpr std::size_t kLongestState = 400;
  const std::string state =
      protocol::normal_form(page.request.state.json).value_or(page.request.state.json);
  if (!settings_.reproduce.empty() && state.size() <= kLongestState)
    for (core::Finding& finding : findings) {
      finding.reproduce = settings_.reproduce;
      if (page.request.setup_test) finding.reproduce += " --setup-test";
      finding.reproduce += " --state " + base::shell_quoted(state);
    }
  log_.add(std::move(findings), page.request.setup_test ? 0 : history_.sync, page.call);
}

PageProcessor::Judged PageProcessor::judge(const Page& page) {
  Judged judged;
  const std::string request_state =
      protocol::canonical(page.request.state.json).value_or(page.request.state.json);
  std::string response_state;
  if (page.raw.answered()) {
    const core::Digest body = answer_digest(page.raw);
    judged.response = parsed(page.raw, settings_.types);
    const core::FieldFact& state = judged.response->state;
    if (state.present())
      response_state = protocol::canonical(state.raw).value_or(std::string(state.raw));
    judged.response->state_moved_on =
        settings_.new_state_is_not_empty && state.present() && response_state != request_state;
    if (!page.request.setup_test)
      judged.cycle = history_.cycle.absorb(protocol::digest(request_state), body);
  }
  std::optional<core::SyncResponse> repeat;
  if (page.repeat != nullptr && page.repeat->answered())
    repeat = parsed(*page.repeat, settings_.types);

  std::vector<core::Leak> leaks;
  if (world_.leaks != nullptr)
    leaks = world_.leaks->take(page.raw, judged.response ? &*judged.response : nullptr);

  const core::CallView view{.sync = page.request.setup_test ? 0 : history_.sync,
                            .call = page.call,
                            .request = page.request,
                            .request_bytes = page.request_bytes,
                            .raw = page.raw,
                            .response = judged.response ? &*judged.response : nullptr,
                            .history = history_,
                            .limits = settings_.limits,
                            .timeout = page.timeout,
                            .now = world_.clock.now(),
                            .canonical_request_state = request_state,
                            .canonical_response_state = response_state,
                            .cycle = judged.cycle,
                            .repeat = repeat ? &*repeat : nullptr,
                            .warn_calls = settings_.warn_calls,
                            .loads_null_keys = settings_.loads_null_keys,
                            .keeps_stored_keys = settings_.keeps_stored_keys,
                            .source_naming = settings_.source_naming,
                            .leaks = leaks};
  judged.verdict = world_.rules.judge_call(view);
  return judged;
}

base::Result<core::LoadFacts> PageProcessor::load(const Page& page, Judged& judged,
                                                  PageOutcome& outcome) {
  core::LoadBatch batch;
  batch.response = std::move(*judged.response);
  batch.sync_id = page.request.sync_id;
  batch.sync = history_.sync;
  batch.call = page.call;
  batch.now = world_.clock.now();
  batch.sync_start = page.sync_start;
  batch.last = !batch.response.has_more.value;
  batch.new_state = page.request.state;
  if (batch.response.state.present()) batch.new_state.json = std::string(batch.response.state.raw);
  if (settings_.claim && !claimed_) FSIM_TRY(world_.destination.adopt(*settings_.claim));
  claimed_ = true;
  FSIM_ASSIGN(core::LoadFacts facts, world_.destination.load(batch));
  const core::LoadView view{.sync = history_.sync,
                            .call = page.call,
                            .response = batch.response,
                            .facts = facts,
                            .history = history_,
                            .source_naming = settings_.source_naming};
  tell(world_.rules.judge_load(view), page);
  history_.absorb(batch.response, facts);
  outcome.state = std::move(batch.new_state);
  outcome.has_more = batch.response.has_more.value;
  return facts;
}

base::Result<PageOutcome> PageProcessor::process(const Page& page) {
  const std::uint64_t bytes = page.raw.body.size();
  PageOutcome outcome;
  outcome.state = page.request.state;
  outcome.report = report_of(page, bytes);
  if (page.raw.file) outcome.report.file_bytes = page.raw.file->bytes.size();
  Judged judged = judge(page);
  outcome.report.error = failure_text(page.raw, judged.response ? &*judged.response : nullptr);
  tell(std::move(judged.verdict.findings), page);

  const bool loadable = judged.response && judged.response->is_object();
  if (judged.verdict.rejected || !loadable) return outcome;

  FSIM_ASSIGN(const core::LoadFacts facts, load(page, judged, outcome));
  outcome.accepted = true;
  outcome.endless = outcome.has_more && judged.cycle && judged.cycle->proven;
  outcome.report.accepted = true;
  outcome.report.has_more = outcome.has_more;
  outcome.report.rows = counts(facts);
  outcome.report.widened = widenings(facts, page.call);
  outcome.report.state_after = outcome.state.json;
  return outcome;
}

PageOutcome PageProcessor::judge_setup_test(const Page& page) {
  const std::uint64_t bytes = page.raw.body.size();
  PageOutcome outcome;
  outcome.report = report_of(page, bytes);
  Judged judged = judge(page);
  outcome.report.error = failure_text(page.raw, judged.response ? &*judged.response : nullptr);
  bool failed = judged.verdict.rejected || !judged.response || !judged.response->is_object();
  for (const core::Finding& finding : judged.verdict.findings)
    failed = failed || finding.severity == core::Severity::error;
  outcome.accepted = outcome.report.accepted = !failed;
  tell(std::move(judged.verdict.findings), page);
  return outcome;
}

}  // namespace engine
