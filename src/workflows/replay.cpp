// SPDX-License-Identifier: Apache-2.0
#include "workflows/replay.hpp"

#include "fixtures/layout.hpp"
#include "rules/catalogue.hpp"
#include "workflows/replay_call.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflows {
namespace {

using base::Result;
using fixtures::Difference;
using fixtures::Fixture;
using fixtures::RecordedCall;
using fixtures::RecordedSync;

core::Finding finding_of(std::string_view rule_id, int sync, int call) {
  core::Finding finding;
  finding.rule = rule_id;
  if (const core::RuleInfo* rule = rules::find(rule_id)) {
    finding.slug = rule->slug;
    finding.severity = rule->fidelity;
    finding.certainty = rule->certainty;
    finding.background = rule->detail;
    finding.fix = rule->fix;
  }
  finding.sync = sync;
  finding.call = call;
  return finding;
}

std::string failure_text(const core::RawResponse& raw) {
  if (raw.answered()) return "an answer";
  std::string text(core::name(raw.failure));
  if (!raw.error_type.empty()) text += fmt::format(", {}", raw.error_type);
  if (!raw.error_message.empty()) text += fmt::format(": {}", raw.error_message);
  return text;
}

class Replay {
 public:
  Replay(const Fixture& fixture, core::Connector& connector, const ReplayOptions& options,
         core::Reporter& reporter, core::Report& report)
      : fixture_(fixture),
        connector_(connector),
        options_(options),
        reporter_(reporter),
        report_(report) {}

  Result<void> run() {
    FSIM_ASSIGN(compare_, compare_options(fixture_, options_));
    FSIM_TRY(fixture_.verify());
    for (const RecordedSync& sync : fixture_.syncs()) {
      FSIM_TRY(run_sync(sync));
      if (report_.outcome == core::Outcome::stopped) break;
    }
    report_.findings = std::move(findings_);
    return {};
  }

 private:
  Result<void> run_sync(const RecordedSync& sync) {
    core::SyncReport told;
    told.sync = sync.sync;
    told.sync_id = fixtures::recorded_sync_id(sync.sync);
    told.kind = sync.sync == fixtures::kSetupTest ? "setup test" : "recorded";
    sync_ = sync.sync;
    auto ran = run_calls(sync, told);
    if (told.outcome != core::Outcome::succeeded) report_.outcome = told.outcome;
    reporter_.on_event(core::SyncFinished{told});
    report_.syncs.push_back(std::move(told));
    return ran;
  }

  Result<void> run_calls(const RecordedSync& sync, core::SyncReport& told) {
    for (const RecordedCall& call : sync.calls) {
      if (options_.interrupted && options_.interrupted()) {
        told.outcome = core::Outcome::stopped;
        told.stopped_by = "interrupted";
        return {};
      }
      call_ = call.call;
      FSIM_ASSIGN(const fixtures::RecordedRequest request, fixture_.request(sync.sync, call));
      if (call.call == 1)
        reporter_.on_event(
            core::SyncStarted{sync.sync, told.sync_id, told.kind, request.state.value_or("")});
      FSIM_ASSIGN(const std::string body, with_secrets(request.body, options_.secrets_json));
      FSIM_ASSIGN(const fixtures::RecordedAnswer recorded, fixture_.answer(sync.sync, call));
      reporter_.on_event(core::CallStarted{sync.sync, call.call});
      FSIM_ASSIGN(const core::RawResponse actual, send(connector_, body, options_));
      core::CallReport report;
      report.call = call.call;
      report.setup_test = request.setup_test;
      report.accepted = actual.answered();
      report.has_more = fixtures::end_of(call, recorded.raw).has_more;
      report.request_bytes = body.size();
      report.response_bytes = actual.body.size();
      report.duration = actual.duration;
      report.state_before = report.state_after = request.state.value_or("{}");
      report.failure = actual.failure;
      if (!actual.answered()) report.error = failure_text(actual);
      reporter_.on_event(core::CallFinished{sync.sync, report});
      told.connector_time += actual.duration;
      told.duration += actual.duration;
      ++told.call_count;
      told.calls.push_back(std::move(report));
      compare(recorded, actual, call.call == static_cast<int>(sync.calls.size()), sync);
    }
    return {};
  }

  void compare(const fixtures::RecordedAnswer& recorded, const core::RawResponse& actual, bool last,
               const RecordedSync& sync) {
    if (!recorded.raw.answered() || !actual.answered())
      return compare_failures(recorded.raw, actual);
    Comparable before = comparable(recorded.raw, fixture_, options_);
    Comparable now = comparable(actual, fixture_, options_);
    if (!before.document || !now.document) return compare_raw(before, now);
    fixtures::learn_keys(before.value, compare_.keys);
    for (const Difference& one : fixtures::differences(before.value, now.value, recorded.samples,
                                                       now.document->tokens, compare_))
      tell(one, last, sync);
  }

  void compare_failures(const core::RawResponse& recorded, const core::RawResponse& actual) {
    const bool same = recorded.failure == actual.failure &&
                      recorded.error_type == actual.error_type &&
                      (options_.match != fixtures::Match::exact ||
                       recorded.error_message == actual.error_message);
    if (same) return;
    core::Finding finding = finding_of(recorded.answered() ? "INV-01" : "CON-01", sync_, call_);
    finding.message = fmt::format("the call is not answered as it was: recorded {}, now {}",
                                  failure_text(recorded), failure_text(actual));
    finding.evidence = actual.stack_trace;
    raise(std::move(finding));
  }

  // One of them is no JSON.
  void compare_raw(const Comparable& before, const Comparable& now) {
    if (!before.document && !now.document && before.raw == now.raw) return;
    const auto what = [](const Comparable& one) {
      return one.document ? "JSON" : "something that is no JSON";
    };
    core::Finding finding = finding_of("CON-01", sync_, call_);
    finding.message =
        before.document || now.document
            ? fmt::format("the answer is {} now, recorded was {}", what(now), what(before))
            : "the answer is no JSON, as recorded, but another text";
    raise(std::move(finding));
  }

  void tell(const Difference& one, bool last, const RecordedSync& sync) {
    const bool of_state = one.pattern == "/state" || one.pattern.starts_with("/state/");
    std::string_view rule = of_state ? "CON-08" : "CON-01";
    std::string message = one.message;
    if (one.pattern == "/hasMore") {
      const int calls = static_cast<int>(sync.calls.size());
      if (!last) {
        rule = "CON-02";
        message = fmt::format("`hasMore` is false now, so the recorded call{} {} would not be made",
                              call_ + 1 == calls ? "" : "s",
                              call_ + 1 == calls ? fmt::format("{}", calls)
                                                 : fmt::format("{} to {}", call_ + 1, calls));
      } else if (fixture_.header().complete) {
        rule = "CON-03";
        message = fmt::format(
            "`hasMore` is true now, so a call {} would follow that is not recorded", calls + 1);
      }
    }
    core::Finding finding = finding_of(rule, sync_, call_);
    finding.message = std::move(message);
    finding.table = one.table;
    finding.pointer = one.pointer;
    finding.subject = one.pattern;
    finding.about = one.field;
    finding.evidence = one.evidence;
    finding.count = one.count;
    raise(std::move(finding));
  }

  // The same on several pages is told once.
  void raise(core::Finding finding) {
    for (core::Finding& known : findings_) {
      const bool same = known.rule == finding.rule && known.table == finding.table &&
                        known.subject == finding.subject && known.message == finding.message;
      if (!same) continue;
      known.count += finding.count;
      return;
    }
    reporter_.on_event(core::FindingRaised{finding});
    findings_.push_back(std::move(finding));
  }

  const Fixture& fixture_;
  core::Connector& connector_;
  const ReplayOptions& options_;
  core::Reporter& reporter_;
  core::Report& report_;
  fixtures::CompareOptions compare_;
  std::vector<core::Finding> findings_;
  int sync_ = 0, call_ = 0;
};

}  // namespace

Result<void> replay(const Fixture& fixture, core::Connector& connector,
                    const ReplayOptions& options, core::Reporter& reporter, core::Report& report) {
  return Replay(fixture, connector, options, reporter, report).run();
}

}  // namespace workflows
