// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/fixture_input.hpp"
#include "cli/session.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

// Loads and checks a fixture offline, as its calls came.
base::Result<core::ExitCode> replay_offline(const Arguments& args) {
  FSIM_ASSIGN(const auto session, open_session(args));
  FSIM_ASSIGN(auto player, open_player(args.fixture.dir, "fixture:" + args.fixture.dir));
  fixtures::Player& played = *player;
  session->connector = std::move(player);
  FSIM_ASSIGN(session->destination, open_private_destination(args));
  session->settings.source_naming = args.naming == "source";
  engine::RunPlan plan;
  FSIM_TRY(plan_as_recorded(played.fixture(), plan));
  core::Reporter& reporter = session->output->reporter();
  reporter.on_event(core::RunStarted{args.command, played.describe(),
                                     "memory:", std::string(core::name(session->platform))});
  engine::World world = session->world();
  world.exhausted = [&played] { return played.at_end_of_sync(); };
  engine::Runner runner(world, session->settings);
  const auto ran = runner.run(plan);
  core::Report& report = runner.report();
  report.command = args.command;
  report.target = played.describe();
  report.destination = "memory:";
  if (const auto left = played.unplayed(); ran && !left.empty())
    reporter.on_event(core::Notice{
        fmt::format("not played, since a sync ended before: {}", fmt::join(left, ", "))});
  return session->conclude(report, args, ran);
}

}  // namespace

base::Result<core::ExitCode> replay_command(const Arguments& args) {
  if (args.fixture.dir.empty())
    return base::fail(base::ErrorKind::usage,
                      "no folder given (write: fivetran-sim replay fixtures/NAME)");
  return replay_offline(args);
}

}  // namespace cli
