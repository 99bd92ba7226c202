// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/rule.hpp"
#include "protocol/bucket_file.hpp"
#include "protocol/json_text.hpp"
#include "protocol/parse.hpp"
#include "rules/rule_set.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

// A sync in which the test writes the answers, for driving the rules without an engine.
namespace scene {

// "RSP-05 error - /has_more 1": rule, severity, table, pointer, count.
inline std::string line(const core::Finding& finding) {
  const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : text; };
  return fmt::format("{} {} {} {} {}", finding.rule, core::name(finding.severity),
                     or_dash(finding.table), or_dash(finding.pointer), finding.count);
}

inline std::vector<std::string> lines(const std::vector<core::Finding>& findings,
                                      core::Severity from = core::Severity::warning) {
  std::vector<std::string> all;
  for (const core::Finding& finding : findings)
    if (finding.severity >= from) all.push_back(line(finding));
  return all;
}

class Sync {
 public:
  explicit Sync(rules::Options options = {}) : rules_(rules::make_rule_set(options)) {
    limits.response_bytes = 6'291'556;
    limits.request_bytes = 6'291'556;
    limits.call_time = std::chrono::seconds(900);
    begin("{}");
  }

  void begin(const std::string& state) {
    if (history.sync > 0) history.end_sync(core::State{request.state.json});
    request.state.json = state;
    calls_ = 0;
    history.begin_sync(history.sync + 1, core::State{state}, state == "{}");
  }

  // Judges an answer; when it is accepted, its state is sent with the next call.
  core::Verdict call(std::string_view body, core::LoadFacts load = {}) {
    raw.body = base::PaddedBuffer(body);
    if (raw.answered()) response = protocol::parse(std::move(raw.body));
    if (raw.file) protocol::add_bucket_file(*response, std::move(*raw.file), {});
    if (!repeat_body.empty()) repeat = protocol::parse(base::PaddedBuffer(repeat_body));
    core::Verdict verdict = judge();
    if (response && response->is_object() && !verdict.rejected && !request.setup_test) {
      history.absorb(*response, load);
      if (response->state.present()) request.state.json = std::string(response->state.raw);
    }
    return verdict;
  }

  std::vector<core::Finding> load(const core::LoadFacts& facts) const {
    return rules_->judge_load({history.sync, calls_, *response, facts, history, source_naming});
  }
  std::vector<core::Finding> end(bool finished = true) const {
    return rules_->judge_sync({history.sync, history, request.state, finished, six_hours, now});
  }

  core::SyncRequest request;
  core::RawResponse raw;
  std::optional<core::SyncResponse> response, repeat;
  std::string repeat_body;
  core::History history;
  core::Limits limits;
  core::WallTime now = std::chrono::sys_days(std::chrono::year(2024) / 6 / 15);
  std::uint64_t request_bytes = 300;
  int warn_calls = 10'000;
  bool six_hours = false, source_naming = false;

 private:
  core::Verdict judge() {
    const std::string sent = protocol::canonical(request.state.json).value_or("");
    const std::string returned =
        response ? protocol::canonical(response->state.raw).value_or("") : "";
    std::optional<core::Cycle> cycle;
    if (response)
      cycle = history.cycle.absorb(protocol::digest(sent), protocol::digest(response->body.view()));
    return rules_->judge_call({.sync = history.sync,
                               .call = ++calls_,
                               .request = request,
                               .request_bytes = request_bytes,
                               .raw = raw,
                               .response = response ? &*response : nullptr,
                               .history = history,
                               .limits = limits,
                               .timeout = limits.call_time,
                               .now = now,
                               .canonical_request_state = sent,
                               .canonical_response_state = returned,
                               .cycle = cycle,
                               .repeat = repeat ? &*repeat : nullptr,
                               .warn_calls = warn_calls,
                               .source_naming = source_naming});
  }

  std::unique_ptr<core::RuleSet> rules_;
  int calls_ = 0;
};

// What one answer to a first call raises at `from` and above.
inline std::vector<std::string> judged(std::string_view body, rules::Options options = {},
                                       core::Severity from = core::Severity::warning) {
  Sync sync(std::move(options));
  return lines(sync.call(body).findings, from);
}

using Lines = std::vector<std::string>;

}  // namespace scene

namespace doctest {
template <>
struct StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += "\n  " + line;
    return (text.empty() ? "(none)" : text).c_str();
  }
};
}  // namespace doctest
