// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"
#include "base/random.hpp"
#include "base/status_line.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "cli/repeated_calls.hpp"
#include "cli/reproduce.hpp"
#include "cli/session.hpp"
#include "connectors/registry.hpp"
#include "workflows/chaos.hpp"

#include <unistd.h>

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cli {
namespace {

namespace fs = std::filesystem;

// What decides the outcome of a cell: cells of an earlier run are taken only when it is the same.
std::string identity(const Arguments& args, const std::string& target) {
  std::string text = fmt::format(
      "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", FSIM_VERSION, target, args.chaos.seed,
      args.platform, args.strict, args.cold, args.sync_method, fmt::join(args.env, "\n"),
      fmt::join(args.chaos.volatile_columns, ","), fmt::join(args.assume, ","));
  return base::to_hex(base::sha256(text + code_stamp(args))).substr(0, 16);
}

std::string progress_file(const Arguments& args, const std::string& name) {
  return (fs::path(args.project_root) / ".fivetran-sim" / "chaos" / (name + ".json")).string();
}

workflows::MakeConnector connector_maker(const connectors::Target& target,
                                         const connectors::ConnectorOptions& options) {
  return [&target, &options] {
    return connectors::make_connector(target, options, [](std::string_view) {});
  };
}

}  // namespace

base::Result<core::ExitCode> chaos_command(const Arguments& args) {
  FSIM_ASSIGN(const connectors::Target target, target_of(args));
  FSIM_TRY(check_repeatable(target, args));
  workflows::ChaosOptions options;
  FSIM_ASSIGN(options.faults, workflows::faults_named(args.chaos.faults));
  constexpr int kManyPages = 100'000;
  FSIM_TRY(workflows::pages_named(args.chaos.pages, kManyPages));  // before anything is called
  FSIM_ASSIGN(const auto session, open_session(args));
  FSIM_TRY(open_connector(*session, args));
  FSIM_ASSIGN(session->destination, open_private_destination(args));
  FSIM_ASSIGN(const connectors::ConnectorOptions how, connector_options(args));
  const std::string name = session->connector->describe();
  session->settings.reproduce = reproduce_command(args, "invoke", name);
  session->output->reporter().on_event(
      core::RunStarted{args.command, name, "memory:", std::string(core::name(session->platform))});

  base::StatusLine line(STDERR_FILENO);
  workflows::Lab lab{.make_connector = connector_maker(target, how),
                     .make_destination = [&args] { return open_private_destination(args); },
                     .rules = *session->rules,
                     .clock = session->clock,
                     .new_uuid = base::uuid4,
                     .interrupted = [] { return interrupted(); },
                     .max_calls = args.max_calls};
  options.pages = args.chaos.pages;
  options.seed = args.chaos.seed;
  options.volatile_columns = args.chaos.volatile_columns;
  options.can_start_cold = !connectors::runs_elsewhere(name);
  options.identity = identity(args, name);
  options.progress_file = progress_file(args, options.identity);
  options.reproduce = reproduce_command(args, "chaos", name);
  options.rules = {args.strict, args.select, args.ignore};
  options.redact = [&session](std::string_view text) { return session->output->redact(text); };
  options.show = [&line](const std::string& text) { line.show("chaos: " + text); };
  core::Report report;
  const auto ran = workflows::run_chaos(lab, session->world(), session->settings, options, report);
  line.clear();
  report.command = args.command;
  report.target = name;
  report.destination = "memory:";
  return session->conclude(report, args, ran);
}

}  // namespace cli
