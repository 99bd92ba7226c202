// SPDX-License-Identifier: Apache-2.0
#include "engine/page_processor.hpp"

#include "base/text.hpp"
#include "protocol/bucket_file.hpp"
#include "protocol/json_text.hpp"
#include "protocol/parse.hpp"
#include "protocol/pointer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace engine {

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

core::CallReport report_of(const Page& page) {
  core::CallReport report;
  report.call = page.call;
  report.setup_test = page.request.setup_test;
  report.request_bytes = page.request_bytes;
  report.response_bytes = page.raw.body.size();
  if (page.raw.file) report.file_bytes = page.raw.file->bytes.size();
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

core::State Page::next_state() const {
  core::State state = request.state;
  if (response && response->state.present()) state.json = std::string(response->state.raw);
  return state;
}

void PageProcessor::read(Page& page) {
  page.report = report_of(page);
  page.request_state =
      protocol::canonical(page.request.state.json).value_or(page.request.state.json);
  if (page.raw.answered()) {
    page.digest = answer_digest(page.raw);
    page.response = parsed(page.raw, settings_.types);
    const core::FieldFact& state = page.response->state;
    if (state.present())
      page.response_state = protocol::canonical(state.raw).value_or(std::string(state.raw));
    page.response->state_moved_on = settings_.new_state_is_not_empty && state.present() &&
                                    page.response_state != page.request_state;
  }
  if (page.repeat && page.repeat->answered()) page.repeated = parsed(*page.repeat, settings_.types);
  const core::SyncResponse* response = page.response ? &*page.response : nullptr;
  if (world_.leaks != nullptr) page.leaks = world_.leaks->take(page.raw, response);
  page.report.error = failure_text(page.raw, response);
}

void PageProcessor::judge(Page& page) {
  if (page.response && !page.request.setup_test)
    page.cycle = history_.cycle.absorb(protocol::digest(page.request_state), page.digest);
  const core::CallView view{.sync = page.request.setup_test ? 0 : history_.sync,
                            .call = page.call,
                            .request = page.request,
                            .request_bytes = page.request_bytes,
                            .raw = page.raw,
                            .response = page.response ? &*page.response : nullptr,
                            .history = history_,
                            .limits = settings_.limits,
                            .timeout = page.timeout,
                            .now = world_.clock.now(),
                            .canonical_request_state = page.request_state,
                            .canonical_response_state = page.response_state,
                            .cycle = page.cycle,
                            .repeat = page.repeated ? &*page.repeated : nullptr,
                            .warn_calls = settings_.warn_calls,
                            .loads_null_keys = settings_.loads_null_keys,
                            .keeps_stored_keys = settings_.keeps_stored_keys,
                            .source_naming = settings_.source_naming,
                            .leaks = page.leaks};
  core::Verdict verdict = world_.rules.judge_call(view);
  page.rejected = verdict.rejected;
  page.raised_error = std::ranges::find(verdict.findings, core::Severity::error,
                                        &core::Finding::severity) != verdict.findings.end();
  tell(std::move(verdict.findings), page);
}

base::Result<PageOutcome> PageProcessor::load(Page& page) {
  PageOutcome outcome;
  outcome.state = page.request.state;
  outcome.report = std::move(page.report);
  if (!page.loadable()) return outcome;
  outcome.endless = page.is_endless();
  core::LoadBatch batch;
  batch.new_state = page.next_state();
  batch.response = std::move(*page.response);
  batch.sync_id = page.request.sync_id;
  batch.sync = history_.sync;
  batch.call = page.call;
  batch.now = world_.clock.now();
  batch.sync_start = page.sync_start;
  batch.last = !batch.response.has_more.value;
  if (settings_.claim && !claimed_) FSIM_TRY(world_.destination.adopt(*settings_.claim));
  claimed_ = true;
  FSIM_ASSIGN(const core::LoadFacts facts, world_.destination.load(batch));
  const core::LoadView view{.sync = history_.sync,
                            .call = page.call,
                            .response = batch.response,
                            .facts = facts,
                            .history = history_,
                            .source_naming = settings_.source_naming};
  tell(world_.rules.judge_load(view), page);
  history_.absorb(batch.response, facts);
  outcome.state = std::move(batch.new_state);
  outcome.commit = facts.commit;
  outcome.accepted = outcome.report.accepted = true;
  outcome.has_more = outcome.report.has_more = batch.response.has_more.value;
  outcome.report.rows = counts(facts);
  outcome.report.widened = widenings(facts, page.call);
  outcome.report.state_after = outcome.state.json;
  return outcome;
}

PageOutcome PageProcessor::judge_setup_test(Page& page) {
  read(page);
  judge(page);
  PageOutcome outcome;
  const bool failed = page.raised_error || !page.loadable();
  outcome.report = std::move(page.report);
  outcome.accepted = outcome.report.accepted = !failed;
  return outcome;
}

}  // namespace engine
