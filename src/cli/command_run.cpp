// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/fixture_input.hpp"
#include "cli/reproduce.hpp"
#include "cli/schema_check.hpp"
#include "cli/secrets_input.hpp"
#include "cli/session.hpp"
#include "cli/stored_warehouse.hpp"
#include "cli/watch.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

// Where a lock is given, what the run left must be as it says.
void tell_drift(const workflows::SchemaLock& lock, Session& session, core::Report& report,
                const Arguments& args) {
  const auto drifts = workflows::compare_with_lock(lock, report.tables, session.naming);
  for (core::Finding& finding : drift_findings(drifts, args)) {
    session.output->reporter().on_event(core::FindingRaised{finding});
    report.findings.push_back(std::move(finding));
  }
}

}  // namespace

base::Result<core::ExitCode> run_command(const Arguments& args) {
  if (args.watch) return watch_command(args);
  FSIM_ASSIGN(const auto session, open_session(args));
  FSIM_TRY(open_connector(*session, args));
  engine::RunPlan plan{
      .setup_test = args.setup_test, .syncs = args.syncs, .full_refresh = args.full_refresh};
  if (!args.state.empty()) {
    FSIM_ASSIGN(std::string json, read_state(args.state));
    plan.start = core::State{std::move(json)};
  }
  std::optional<workflows::SchemaLock> lock;
  if (!args.look.lock.empty()) {
    FSIM_ASSIGN(lock, workflows::read_schema_lock(args.look.lock));
  }
  const std::string target = session->connector->describe();
  // What is kept beside the data is ours, so it holds no secret.
  FSIM_TRY(open_stored(*session, args, session->output->redact(target)));
  session->settings.reproduce = reproduce_command(args, "invoke", target);

  session->output->reporter().on_event(
      core::RunStarted{args.command, target, session->destination->describe(),
                       std::string(core::name(session->platform))});
  FSIM_ASSIGN(Recorder recorder, Recorder::begin(*session, args, plan));
  if (recorder.idle() && args.command == "record") return core::ExitCode::ok;
  engine::Runner runner(session->world(), session->settings);
  auto ran = runner.run(plan);
  if (auto finished = recorder.finish(*session, !ran.has_value()); ran && !finished)
    ran = std::move(finished);
  core::Report& report = runner.report();
  report.command = args.command;
  report.target = target;
  report.destination = session->destination->describe();
  if (lock && ran) tell_drift(*lock, *session, report, args);
  return session->conclude(report, args, ran);
}

}  // namespace cli
