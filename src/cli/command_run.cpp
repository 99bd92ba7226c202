// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/fixture_input.hpp"
#include "cli/reproduce.hpp"
#include "cli/schema_check.hpp"
#include "cli/secrets_input.hpp"
#include "cli/session.hpp"
#include "cli/watch.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

// A schema belongs to one target; another one must say that it takes over (design §2).
base::Result<void> check_owner(core::Destination& destination, const std::string& target,
                               const Arguments& args) {
  FSIM_ASSIGN(const auto owner, destination.connection());
  if (!owner || args.adopt || args.full_refresh) return {};
  if (!args.naming.empty() && owner->naming != args.naming)
    return fail(ErrorKind::usage,
                fmt::format("schema {} of {} has {} names, not {} ones, which would make other "
                            "tables (leave --naming out, go on with --adopt, or start over with "
                            "--full-refresh)",
                            schema_of(args), destination.describe(), owner->naming, args.naming));
  if (owner->target == target) return {};
  return fail(
      ErrorKind::usage,
      fmt::format("schema {} of {} belongs to {}, not to {} (go on with --adopt, start over "
                  "with --full-refresh, or choose another --schema or --destination)",
                  schema_of(args), destination.describe(), owner->target, target));
}

// Opens the stored warehouse with the naming that was asked for, else with the one it has.
base::Result<void> open_stored(Session& session, const Arguments& args) {
  FSIM_ASSIGN(session.destination, open_destination(args, Access::load));
  session.naming = args.naming.empty() ? "fivetran" : args.naming;
  FSIM_ASSIGN(const auto owner, session.destination->connection());
  if (!args.naming.empty() || !owner || owner->naming == session.naming) return {};
  Arguments as_stored = args;
  as_stored.naming = session.naming = owner->naming;
  session.destination.reset();  // gives its lock back
  FSIM_ASSIGN(session.destination, open_destination(as_stored, Access::load));
  return {};
}

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
  FSIM_TRY(open_stored(*session, args));
  const std::string target = session->connector->describe();
  // What is kept beside the data is ours, so it holds no secret.
  const std::string shown = session->output->redact(target);
  FSIM_TRY(check_owner(*session->destination, shown, args));
  session->settings.claim = core::ConnectionInfo{shown, session->naming};
  session->settings.source_naming = session->naming == "source";
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
