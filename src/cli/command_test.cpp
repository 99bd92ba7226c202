// SPDX-License-Identifier: Apache-2.0
#include "cli/chaos_run.hpp"
#include "cli/commands.hpp"
#include "cli/fixture_input.hpp"
#include "cli/program.hpp"
#include "cli/reproduce.hpp"
#include "cli/schema_check.hpp"
#include "cli/session.hpp"
#include "cli/source_place.hpp"
#include "rules/registry.hpp"
#include "workflows/check_reporter.hpp"
#include "workflows/suite.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;
using workflows::Suite;

// Each target as if it were the only one.
base::Result<std::vector<Arguments>> targets_of(const Arguments& args) {
  FSIM_TRY(target_of(args));
  std::vector<Arguments> all = {args};
  if (!args.suite.more.empty() && !args.program.empty())
    return fail(ErrorKind::usage,
                "a program after -- is tested alone; leave the other targets out");
  for (const std::string& more : args.suite.more) {
    Arguments& one = all.emplace_back(args);
    one.target = more;
    one.target_folder.clear();
    FSIM_TRY(target_of(one));
  }
  return all;
}

// A schema that another connector fills is left alone.
base::Result<void> check_owner(core::Destination& destination, const std::string& target) {
  FSIM_ASSIGN(const auto owner, destination.connection());
  if (!owner || owner->target == target) return {};
  return fail(
      ErrorKind::usage,
      fmt::format("{} holds the data of {}, not of {} (leave --destination out: a warehouse "
                  "that is thrown away is used then)",
                  destination.describe(), owner->target, target));
}

// The states with which calls of a fixture's syncs were made, each once.
base::Result<std::vector<std::string>> recorded_states(const std::string& dir) {
  FSIM_ASSIGN(const fixtures::Fixture fixture, open_fixture(dir));
  std::vector<std::string> states;
  for (const fixtures::RecordedSync& sync : fixture.syncs()) {
    if (sync.sync == fixtures::kSetupTest) continue;
    for (const fixtures::RecordedCall& call : sync.calls) {
      FSIM_ASSIGN(const fixtures::RecordedRequest request, fixture.request(sync.sync, call));
      const std::string state = request.state.value_or("{}");
      if (std::ranges::find(states, state) == states.end()) states.push_back(state);
    }
  }
  return states;
}

// What disturbing a sync finds, and none of its single calls can show.
bool is_of_chaos(const core::Finding& finding) {
  return std::ranges::find(rules::workflow_rules(), finding.rule) != rules::workflow_rules().end();
}

class Test {
 public:
  explicit Test(Session& session) : session_(session) {}

  base::Result<void> run(const std::vector<Arguments>& targets) {
    for (const Arguments& args : targets) {
      FSIM_TRY(one(args));
      if (interrupted()) break;
    }
    return {};
  }
  core::Report& report() { return report_; }

 private:
  base::Result<void> one(const Arguments& args) {
    FSIM_ASSIGN(const connectors::Target target, target_of(args));
    FSIM_TRY(open_target(session_, args));
    const bool kept = !args.destination.empty();
    FSIM_ASSIGN(session_.destination,
                kept ? open_destination(args, Access::load) : open_private_destination(args));
    session_.naming = args.naming.empty() ? "fivetran" : args.naming;
    const std::string name = session_.connector->describe();
    const std::string shown = session_.output->redact(name);
    FSIM_TRY(check_owner(*session_.destination, shown));
    if (kept) session_.settings.claim = core::ConnectionInfo{shown, session_.naming};
    session_.settings.source_naming = session_.naming == "source";
    session_.settings.reproduce = reproduce_command(args, "invoke", name);
    session_.output->reporter().on_event(
        core::RunStarted{args.command, name, session_.destination->describe(),
                         std::string(core::name(session_.platform))});
    report_.target += (report_.target.empty() ? "" : ", ") + name;
    report_.destination = session_.destination->describe();
    const std::size_t tables_before = report_.tables.size();
    const core::Source source = source_of(args);
    FSIM_ASSIGN(const workflows::SuiteOptions options, suite_options(args, target));
    FSIM_TRY(
        workflows::run_suite(session_.world(), session_.settings, options, name, source, report_));
    if (options.suite == Suite::full && !options.recorded) FSIM_TRY(chaos(args, target, source));
    return hold_lock(args, name, source, tables_before);
  }

  base::Result<workflows::SuiteOptions> suite_options(const Arguments& args,
                                                      const connectors::Target& target) {
    workflows::SuiteOptions options;
    options.suite = workflows::suite_named(args.suite.name).value_or(Suite::standard);
    options.recorded = target.kind == connectors::TargetKind::scenario ||
                       target.kind == connectors::TargetKind::fixture;
    if (target.kind == connectors::TargetKind::fixture) {
      FSIM_ASSIGN(const fixtures::Fixture fixture, open_fixture(target.file.string()));
      FSIM_TRY(plan_as_recorded(fixture, options.recorded_plan));
    }
    if (!args.suite.fixture.empty()) {
      FSIM_ASSIGN(options.earlier_states, recorded_states(args.suite.fixture));
    }
    if (options.suite != Suite::quick && !args.allow_repeats &&
        connectors::is_deployed(target, args.aws.endpoint_url)) {
      options.suite = Suite::quick;
      session_.output->reporter().on_event(core::Notice{fmt::format(
          "{} is deployed: only the quick suite is run, since the {} one makes calls again on "
          "purpose, which may use up a rotating token or drain a queue (add --allow-repeats if "
          "that does no harm)",
          target.text, args.suite.name)});
    }
    options.expect = args.expect;
    options.rules = {args.strict, args.select, args.ignore};
    options.private_destination = [&args] { return open_private_destination(args); };
    return options;
  }

  // Each page disturbed in each way, in tables of its own.
  base::Result<void> chaos(const Arguments& args, const connectors::Target& target,
                           const core::Source& source) {
    const std::size_t at = report_.checks.size();
    core::Check& begun = report_.checks.emplace_back();
    begun.target = session_.connector->describe();
    begun.name = "a fault at each page";
    begun.source = source;
    const int number = static_cast<int>(at) + 1;
    const auto started = session_.clock.steady();
    FSIM_ASSIGN(const auto tables, open_private_destination(args));
    // The sync that is not disturbed was judged before.
    workflows::CheckReporter reporter(session_.output->reporter(), number, is_of_chaos);
    const engine::World world = session_.world();
    core::Report found;
    FSIM_TRY(disturb(session_, args, target,
                     {world.connector, *tables, world.rules, reporter, world.clock, world.new_uuid,
                      world.interrupted, world.leaks, world.logs},
                     found));
    core::Check& check = report_.checks[at];
    check.duration =
        std::chrono::duration_cast<std::chrono::microseconds>(session_.clock.steady() - started);
    if (found.chaos.empty()) {
      check.outcome = core::CheckOutcome::skipped;
      check.detail = "the sync that is to be disturbed did not come to its end";
    }
    for (core::Finding& finding : found.findings)
      if (is_of_chaos(finding)) {
        finding.check = number;
        report_.findings.push_back(std::move(finding));
      }
    for (core::ChaosMatrix& matrix : found.chaos) {
      matrix.check = number;
      report_.chaos.push_back(std::move(matrix));
    }
    return {};
  }

  base::Result<void> hold_lock(const Arguments& args, const std::string& target,
                               const core::Source& source, std::size_t tables_before) {
    if (args.look.lock.empty()) return {};
    FSIM_ASSIGN(const workflows::SchemaLock lock, workflows::read_schema_lock(args.look.lock));
    const std::vector<core::Table> tables(
        report_.tables.begin() + static_cast<std::ptrdiff_t>(tables_before), report_.tables.end());
    core::Check& check = report_.checks.emplace_back();
    check.target = target;
    check.name = "schema lock";
    check.source = source;
    const auto drifts = workflows::compare_with_lock(lock, tables, session_.naming);
    for (core::Finding& finding : drift_findings(drifts, args)) {
      finding.check = static_cast<int>(report_.checks.size());
      session_.output->reporter().on_event(core::FindingRaised{finding});
      report_.findings.push_back(std::move(finding));
    }
    return {};
  }

  Session& session_;
  core::Report report_;
};

}  // namespace

base::Result<core::ExitCode> test_command(const Arguments& args) {
  FSIM_ASSIGN(const std::vector<Arguments> targets, targets_of(args));
  FSIM_ASSIGN(const auto session, open_session(args));
  Test test(*session);
  const auto ran = test.run(targets);
  core::Report& report = test.report();
  report.command = args.command;
  return session->conclude(report, args, ran);
}

}  // namespace cli
