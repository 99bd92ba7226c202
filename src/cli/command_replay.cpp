// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/fixture_input.hpp"
#include "cli/replay_target.hpp"
#include "cli/session.hpp"
#include "cli/stored_warehouse.hpp"
#include "fixtures/reseal.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

// A warehouse that is thrown away, unless the user names one.
base::Result<void> open_loaded(Session& session, const Arguments& args, const std::string& target) {
  if (!args.destination.empty()) return open_stored(session, args, session.output->redact(target));
  FSIM_ASSIGN(session.destination, open_private_destination(args));
  session.settings.source_naming = args.naming == "source";
  return {};
}

// Loads and checks a fixture offline, as its calls came.
base::Result<core::ExitCode> replay_offline(const Arguments& args) {
  FSIM_ASSIGN(const auto session, open_session(args));
  FSIM_ASSIGN(auto player, open_player(args.fixture.dir, "fixture:" + args.fixture.dir));
  fixtures::Player& played = *player;
  session->connector = std::move(player);
  FSIM_TRY(open_loaded(*session, args, played.describe()));
  engine::RunPlan plan;
  FSIM_TRY(plan_as_recorded(played.fixture(), plan));
  core::Reporter& reporter = session->output->reporter();
  reporter.on_event(core::RunStarted{args.command, played.describe(),
                                     session->destination->describe(),
                                     std::string(core::name(session->platform))});
  engine::World world = session->world();
  world.exhausted = [&played] { return played.at_end_of_sync(); };
  engine::Runner runner(world, session->settings);
  const auto ran = runner.run(plan);
  core::Report& report = runner.report();
  report.command = args.command;
  report.target = played.describe();
  report.destination = session->destination->describe();
  if (const auto left = played.unplayed(); ran && !left.empty())
    reporter.on_event(core::Notice{
        fmt::format("not played, since a sync ended before: {}", fmt::join(left, ", "))});
  return session->conclude(report, args, ran);
}

// Accepts files that were edited by hand.
base::Result<core::ExitCode> accept_edits(const Arguments& args) {
  FSIM_ASSIGN(const std::vector<std::string> changed, fixtures::reseal(args.fixture.dir));
  for (const std::string& name : changed)
    std::cerr << fmt::format("fivetran-sim: accepted as it is: {}/{}\n", args.fixture.dir, name);
  if (changed.empty())
    std::cerr << fmt::format("fivetran-sim: {} is as it was recorded\n", args.fixture.dir);
  return core::ExitCode::ok;
}

}  // namespace

base::Result<core::ExitCode> replay_command(const Arguments& args) {
  if (args.fixture.dir.empty())
    return base::fail(base::ErrorKind::usage,
                      "no folder given (write: fivetran-sim replay fixtures/NAME)");
  const bool has_target = !args.target.empty() || !args.program.empty();
  if (args.fixture.find_unstable && !has_target)
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot find what is unstable without a connector (write: "
                                  "fivetran-sim replay {} TARGET --find-unstable)",
                                  args.fixture.dir));
  if (!args.destination.empty() && (has_target || args.fixture.update))
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot load into {}: replay {} only compares and loads nothing "
                                  "(leave --destination out, or load it: fivetran-sim replay {} "
                                  "--destination {})",
                                  args.destination, has_target ? "with a target" : "--update",
                                  args.fixture.dir, args.destination));
  if (has_target) return replay_against(args);
  return args.fixture.update ? accept_edits(args) : replay_offline(args);
}

}  // namespace cli
