// SPDX-License-Identifier: Apache-2.0
#include "workflows/suite.hpp"

#include "base/text.hpp"
#include "engine/runner.hpp"
#include "protocol/json_text.hpp"
#include "workflows/check_reporter.hpp"
#include "workflows/made_finding.hpp"
#include "workflows/suite_probes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace workflows {
namespace {

using core::CheckOutcome;
using core::Outcome;
using core::SyncReport;

constexpr std::string_view kStoppedBySuite = "suite";

bool same_subject(const core::Finding& a, const core::Finding& b) {
  return a.rule == b.rule && a.table == b.table && a.subject == b.subject;
}

class Run {
 public:
  Run(engine::World world, engine::Settings settings, const SuiteOptions& options,
      const std::string& target, const core::Source& source, core::Report& report)
      : world_(std::move(world)),
        settings_(std::move(settings)),
        options_(options),
        target_(target),
        source_(source),
        report_(report),
        first_sync_(report.syncs.size()),
        first_finding_(report.findings.size()) {}

  base::Result<void> all() {
    if (options_.recorded) {
      FSIM_TRY(recorded());
    } else if (options_.suite == Suite::quick) {
      FSIM_TRY(first_page());
    } else {
      FSIM_TRY(whole());
    }
    FSIM_TRY(expectations());
    if (options_.suite == Suite::full) limits();
    FSIM_ASSIGN(std::vector<core::Table> tables, world_.destination.tables());
    std::ranges::move(tables, std::back_inserter(report_.tables));
    return {};
  }

 private:
  engine::World world_of(core::Destination& destination, core::Reporter& reporter) const {
    return {world_.connector, destination,        world_.rules, reporter,   world_.clock,
            world_.new_uuid,  world_.interrupted, world_.leaks, world_.logs};
  }

  int begin(std::string name) {
    core::Check check;
    check.target = target_;
    check.name = std::move(name);
    check.source = source_;
    report_.checks.push_back(std::move(check));
    begun_ = world_.clock.steady();
    return static_cast<int>(report_.checks.size());
  }
  core::Check& check() { return report_.checks.back(); }
  void end() {
    check().duration =
        std::chrono::duration_cast<std::chrono::microseconds>(world_.clock.steady() - begun_);
  }
  void skip(const std::string& name, const std::string& why) {
    begin(name);
    check().outcome = CheckOutcome::skipped;
    check().detail = why;
  }

  // What an earlier check of this target has told is counted there.
  void keep(core::Finding finding) {
    finding.check = static_cast<int>(report_.checks.size());
    for (std::size_t i = first_finding_; i < report_.findings.size(); ++i)
      if (same_subject(report_.findings[i], finding)) {
        report_.findings[i].count += finding.count;
        report_.findings[i].severity = std::max(report_.findings[i].severity, finding.severity);
        return;
      }
    report_.findings.push_back(std::move(finding));
  }

  // A part of the run as a check of its own. A limit of the suite's is no end before time.
  base::Result<bool> part(const std::string& name, const engine::RunPlan& plan,
                          const engine::Settings& settings) {
    CheckReporter reporter(world_.reporter, begin(name));
    const engine::World world = world_of(world_.destination, reporter);
    engine::Runner runner(world, settings);
    const auto ran = runner.run(plan);
    bool succeeded = ran.has_value();
    for (SyncReport sync : runner.report().syncs) {
      if (settings.budget.max_calls == 1 && settings_.budget.max_calls != 1 &&
          sync.stopped_by == "max-calls") {
        sync.outcome = Outcome::succeeded;
        sync.stopped_by = kStoppedBySuite;
      }
      if (sync.outcome != Outcome::succeeded) {
        succeeded = false;
        report_.outcome = sync.outcome;
        check().outcome = CheckOutcome::failed;
        check().detail = sync.outcome == Outcome::stopped ? "stopped: " + sync.stopped_by
                                                          : "did not succeed: " + sync.stopped_by;
      }
      if (sync.kind != "setup test") calls_ += sync.call_count;
      report_.syncs.push_back(std::move(sync));
    }
    for (const core::Finding& finding : runner.report().findings) keep(finding);
    end();
    if (!ran) {
      check().outcome = CheckOutcome::failed;
      check().detail = ran.error().message;
      return tl::unexpected<base::Error>(ran.error());
    }
    return succeeded;
  }

  base::Result<void> first_page() {
    engine::Settings settings = settings_;
    settings.budget.max_calls = 1;
    FSIM_ASSIGN(const bool passed, part("first page", {.start = core::State{}}, settings));
    complete_ = passed && report_.syncs.back().stopped_by != kStoppedBySuite;
    return {};
  }

  base::Result<void> recorded() {
    FSIM_ASSIGN(complete_, part("recorded answers", options_.recorded_plan, settings_));
    return {};
  }

  base::Result<void> whole() {
    FSIM_ASSIGN(const bool tested, part("setup test", {.setup_test = true, .syncs = 0}, settings_));
    if (!tested) return skip_rest({"historical sync"}, "the setup test failed");
    FSIM_ASSIGN(const bool loaded, part("historical sync", {.start = core::State{}}, settings_));
    if (!loaded) return skip_rest({}, "the historical sync did not come to its end");
    const std::string state = report_.syncs.back().state;
    FSIM_ASSIGN(complete_, part("incremental sync", {.start = core::State{state}}, settings_));
    FSIM_TRY(same_state_twice(state));
    FSIM_TRY(reordered_keys(state));
    return earlier_states();
  }

  base::Result<void> skip_rest(std::vector<std::string> names, const std::string& why) {
    for (const char* name :
         {"incremental sync", "the same state twice", "state with its keys in another order"})
      names.emplace_back(name);
    if (!options_.earlier_states.empty()) names.emplace_back("recorded states");
    for (const std::string& name : names) skip(name, why);
    return {};
  }

  // One call from a state, the rows thrown away; findings that are `wanted` are kept.
  base::Result<void> probe(const std::string& state, engine::Settings settings,
                           const CheckReporter::Wanted& wanted) {
    settings.budget = {.max_calls = 1, .max_rows = 0, .max_time = {}};
    settings.claim.reset();
    FSIM_ASSIGN(const auto destination, options_.private_destination());
    CheckReporter reporter(world_.reporter, static_cast<int>(report_.checks.size()), wanted);
    const engine::World world = world_of(*destination, reporter);
    engine::Runner runner(world, settings);
    auto ran = runner.run({.start = core::State{state}});
    for (const core::Finding& finding : runner.report().findings)
      if (wanted(finding)) keep(finding);
    return ran;
  }

  base::Result<void> same_state_twice(const std::string& state) {
    begin("the same state twice");
    engine::Settings settings = settings_;
    settings.check_idempotent = true;
    const auto wanted = [](const core::Finding& finding) { return finding.rule == "INV-05"; };
    FSIM_TRY(probe("{}", settings, wanted));
    if (protocol::canonical(state) != "{}") FSIM_TRY(probe(state, settings, wanted));
    end();
    return {};
  }

  base::Result<void> reordered_keys(const std::string& state) {
    const std::string name = "state with its keys in another order";
    const std::string reordered = with_reversed_keys(state);
    if (reordered == protocol::normal_form(state))
      return skip(name, "no object of the state has two keys"), base::Result<void>();
    begin(name);
    const std::string sync_id = world_.new_uuid();
    FSIM_ASSIGN(const auto plain, answer_to(world_, settings_, state, sync_id));
    FSIM_ASSIGN(const auto other, answer_to(world_, settings_, reordered, sync_id));
    FSIM_ASSIGN(const auto again, answer_to(world_, settings_, state, sync_id));
    end();
    if (plain == other) return {};
    if (plain != again) {
      check().outcome = CheckOutcome::skipped;
      check().detail = "the same state does not give the same answer twice";
      return {};
    }
    std::optional<core::Finding> made = finding_of("TST-05", options_.rules);
    if (!made) return {};
    core::Finding& finding = *made;
    finding.pointer = "/state";
    finding.message = other ? "the answer depends on the order of the keys in `state`"
                            : "a state whose keys come in another order is not understood";
    finding.evidence = {"state " + base::elide_middle(state, 200) + " was sent",
                        "state " + base::elide_middle(reordered, 200) + " was sent",
                        "answer to the first: " + base::elide_middle(plain.value_or("none"), 200),
                        "answer to the second: " + base::elide_middle(other.value_or("none"), 200)};
    CheckReporter(world_.reporter, static_cast<int>(report_.checks.size()))
        .on_event(core::FindingRaised{finding});
    keep(std::move(finding));
    return {};
  }

  base::Result<void> earlier_states() {
    for (std::size_t i = 0; i < options_.earlier_states.size(); ++i) {
      begin(fmt::format("recorded state {}", i + 1));
      FSIM_TRY(
          probe(options_.earlier_states[i], settings_, [](const core::Finding&) { return true; }));
      end();
    }
    return {};
  }

  base::Result<void> expectations() {
    FSIM_ASSIGN(auto held,
                hold(options_.expect, world_.destination, calls_, complete_, options_.rules));
    for (Held& one : held) {
      const int number = begin(one.name);
      check().detail = one.skipped;
      if (!one.skipped.empty()) check().outcome = CheckOutcome::skipped;
      CheckReporter reporter(world_.reporter, number);
      for (core::Finding& finding : one.findings) {
        reporter.on_event(core::FindingRaised{finding});
        keep(std::move(finding));
      }
    }
    return {};
  }

  // Whether the sync would do behind another kind of function: told, never a failure.
  void limits() {
    std::uint64_t request = 0, response = 0;
    std::chrono::microseconds time{0};
    for (std::size_t i = first_sync_; i < report_.syncs.size(); ++i)
      for (const core::CallReport& call : report_.syncs[i].calls) {
        request = std::max(request, call.request_bytes);
        response = std::max(response, call.response_bytes);
        time = std::max(time, call.duration);
      }
    for (const core::Platform platform :
         {core::Platform::aws, core::Platform::gcp, core::Platform::azure}) {
      const core::Limits limit = protocol::limits(platform);
      begin(fmt::format("limits of {}", core::name(platform)));
      std::string& detail = check().detail;
      if (request > limit.request_bytes)
        detail = fmt::format("a request of {} is too large", base::human_bytes(request));
      else if (response > limit.response_bytes)
        detail = fmt::format("a response of {} is too large", base::human_bytes(response));
      else if (time > limit.call_time)
        detail = fmt::format("a call of {} is too long", base::human_duration(time));
      // Of the connector's own platform the LIM rules tell.
      if (!detail.empty()) check().outcome = CheckOutcome::skipped;
    }
  }

  engine::World world_;
  engine::Settings settings_;
  const SuiteOptions& options_;
  const std::string& target_;
  const core::Source& source_;
  core::Report& report_;
  std::size_t first_sync_, first_finding_;
  std::uint64_t calls_ = 0;
  bool complete_ = false;
  std::chrono::steady_clock::time_point begun_{};
};

}  // namespace

std::optional<Suite> suite_named(std::string_view name) {
  static constexpr std::array<std::string_view, 3> kNames = {"quick", "standard", "full"};
  const auto* const found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Suite>(found - kNames.begin());
}

base::Result<void> run_suite(const engine::World& world, const engine::Settings& settings,
                             const SuiteOptions& options, const std::string& target,
                             const core::Source& source, core::Report& report) {
  return Run(world, settings, options, target, source, report).all();
}

void settle_checks(core::Report& report) {
  std::vector<std::size_t> counted(report.checks.size());
  for (const core::Finding& finding : report.findings)
    if (finding.check > 0 && core::counts(finding, report.fail_on))
      ++counted[static_cast<std::size_t>(finding.check) - 1];
  for (std::size_t i = 0; i < counted.size(); ++i) {
    if (counted[i] == 0) continue;
    core::Check& check = report.checks[i];
    check.outcome = CheckOutcome::failed;
    if (check.detail.empty())
      check.detail = fmt::format("{} finding{}", counted[i], counted[i] == 1 ? "" : "s");
  }
}

}  // namespace workflows
