// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"
#include "base/process.hpp"
#include "base/random.hpp"
#include "base/status_line.hpp"
#include "base/text.hpp"
#include "cli/chaos_run.hpp"
#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "cli/repeated_calls.hpp"
#include "cli/reproduce.hpp"
#include "cli/secrets_input.hpp"
#include "cli/session.hpp"
#include "connectors/registry.hpp"
#include "workflows/chaos.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

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

bool is_chosen(const ChaosArguments& args, std::string_view check) {
  if (!args.checks.empty()) return std::ranges::find(args.checks, check) != args.checks.end();
  const bool matrix_only = !args.faults.empty() || !args.pages.empty();
  return check == "matrix" || !matrix_only ||
         (check == "probes" && (!args.change.empty() || !args.old_states.empty()));
}

// Runs the user's command; what it prints goes to stderr.
base::Result<void> change_source(const std::string& command) {
  base::ProcessSpec spec;
  FSIM_ASSIGN(spec.argv, base::split_words(command));
  for (char** variable = environ; *variable != nullptr; ++variable)
    spec.env.emplace_back(*variable);
  base::RunOptions options;
  options.on_stderr = [](std::string_view line) { std::cerr << base::visible(line) << '\n'; };
  FSIM_ASSIGN(const base::Completed done, base::run(spec, options));
  if (done.status.ok()) return {};
  return base::fail(
      base::ErrorKind::usage,
      fmt::format("cannot change the source: {} ended with {}", command, done.status.text()));
}

base::Result<void> add_checks(const Arguments& args, workflows::ChaosOptions& options) {
  options.matrix = is_chosen(args.chaos, "matrix");
  options.determinism = is_chosen(args.chaos, "determinism");
  options.probes = is_chosen(args.chaos, "probes");
  for (const std::string& text : args.chaos.old_states) {
    FSIM_ASSIGN(std::string json, read_state(text));
    options.old_states.push_back({std::move(json)});
  }
  if (!args.chaos.change.empty())
    options.change_source = [&args] { return change_source(args.chaos.change); };
  return {};
}

// What is to be done, without what needs a session.
base::Result<workflows::ChaosOptions> chosen(const Arguments& args,
                                             const connectors::Target& target) {
  workflows::ChaosOptions options;
  FSIM_TRY(add_checks(args, options));
  FSIM_ASSIGN(options.faults, workflows::faults_named(args.chaos.faults));
  constexpr int kManyPages = 100'000;
  FSIM_TRY(workflows::pages_named(args.chaos.pages, kManyPages));
  options.pages = args.chaos.pages;
  options.seed = args.chaos.seed;
  options.volatile_columns = args.chaos.volatile_columns;
  options.can_start_cold = !connectors::runs_elsewhere(target.text);
  options.rules = {args.strict, args.select, args.ignore};
  return options;
}

// How many calls that makes is known only after the first sync; before it, for some lengths.
std::string estimate(const workflows::ChaosOptions& options) {
  const auto calls = [&](int pages) {
    return base::human_count(workflows::expected_calls(options, pages));
  };
  return fmt::format("about {} calls for a sync of 1 page, {} for 5 pages, {} for 20", calls(1),
                     calls(5), calls(20));
}

// The same connector in another time zone and locale.
connectors::ConnectorOptions elsewhere(connectors::ConnectorOptions how) {
  how.env.emplace_back("TZ", workflows::kOtherTimeZone);
  how.env.emplace_back("LC_ALL", workflows::kOtherLocale);
  return how;
}

}  // namespace

base::Result<void> disturb(Session& session, const Arguments& args,
                           const connectors::Target& target, const engine::World& world,
                           core::Report& report) {
  FSIM_ASSIGN(workflows::ChaosOptions options, chosen(args, target));
  if (const std::string notice = repeats_notice(target, args, estimate(options)); !notice.empty())
    session.output->reporter().on_event(core::Notice{notice});
  FSIM_ASSIGN(const connectors::ConnectorOptions how, connector_options(args));
  const std::string name = session.connector->describe();
  base::StatusLine line(STDERR_FILENO);
  workflows::Lab lab{.make_connector = connector_maker(target, how),
                     .make_destination = [&args] { return open_private_destination(args); },
                     .rules = *session.rules,
                     .clock = session.clock,
                     .new_uuid = base::uuid4,
                     .interrupted = [] { return interrupted(); },
                     .max_calls = most_calls(target, args)};
  const connectors::ConnectorOptions how_elsewhere = elsewhere(how);
  if (options.can_start_cold) options.make_elsewhere = connector_maker(target, how_elsewhere);
  options.identity = identity(args, name);
  options.progress_file = progress_file(args, options.identity);
  options.reproduce = reproduce_command(args, "chaos", name);
  options.redact = [&session](std::string_view text) { return session.output->redact(text); };
  options.show = [&line](const std::string& text) { line.show("chaos: " + text); };
  auto ran = workflows::run_chaos(lab, world, session.settings, options, report);
  line.clear();
  return ran;
}

base::Result<core::ExitCode> chaos_command(const Arguments& args) {
  FSIM_ASSIGN(const connectors::Target target, target_of(args));
  FSIM_ASSIGN(const workflows::ChaosOptions options, chosen(args, target));
  FSIM_TRY(check_repeatable(target, args, estimate(options)));
  FSIM_ASSIGN(const auto session, open_session(args));
  FSIM_TRY(open_connector(*session, args));
  FSIM_ASSIGN(session->destination, open_private_destination(args));
  const std::string name = session->connector->describe();
  session->settings.reproduce = reproduce_command(args, "invoke", name);
  session->output->reporter().on_event(
      core::RunStarted{args.command, name, "memory:", std::string(core::name(session->platform))});
  core::Report report;
  const auto ran = disturb(*session, args, target, session->world(), report);
  report.command = args.command;
  report.target = name;
  report.destination = "memory:";
  return session->conclude(report, args, ran);
}

}  // namespace cli
