// SPDX-License-Identifier: Apache-2.0
#include "cli/replay_target.hpp"

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/fixture_input.hpp"
#include "cli/program.hpp"
#include "cli/secrets_input.hpp"
#include "cli/session.hpp"
#include "connectors/target.hpp"
#include "rules/catalogue.hpp"
#include "rules/rule_set.hpp"
#include "workflows/replay.hpp"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

using fixtures::Fixture;

workflows::ReplayOptions options_of(const Session& session, const Arguments& args) {
  workflows::ReplayOptions options;
  options.match = args.fixture.match == "exact"  ? fixtures::Match::exact
                  : args.fixture.match == "keys" ? fixtures::Match::keys
                                                 : fixtures::Match::shape;
  options.ignore = args.fixture.ignore_fields;
  options.secrets_json = session.secrets_json;
  options.redactor = redactor_of(args);
  options.timeout = session.settings.call_timeout;
  options.interrupted = [] { return interrupted(); };
  return options;
}

// What differs from answer to answer, and what to write so that it does not matter.
core::ExitCode print_unstable(const std::vector<workflows::Unstable>& found,
                              const Arguments& args) {
  if (found.empty()) {
    std::cout << "each request was answered three times in the same way\n";
    return core::ExitCode::ok;
  }
  std::string options, list;
  for (const workflows::Unstable& one : found) {
    std::cout << fmt::format("{}  {}\n", one.always ? "always differs   " : "sometimes differs",
                             base::visible(one.pattern));
    options += " --ignore-field " + base::shell_quoted(one.pattern);
    list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", one.pattern);
  }
  std::cout << fmt::format(
      "\nto leave it out of the comparison, add\n {}\nor to fivetran-sim.toml\n  [replay]\n"
      "  ignore-field = [{}]\n",
      options, list);
  return args.fail_on == "never" ? core::ExitCode::ok : core::ExitCode::findings;
}

// Records the same syncs from the same connector.
base::Result<void> record_anew(const Fixture& fixture, const Arguments& args) {
  Arguments record = args;
  record.command = "record";
  record.quiet = true;
  record.report.clear();
  record.pardons = {};
  record.fixture.record_mode = "all";
  record.fixture.sample = fixture.header().sample;
  record.fixture.redact = fixture.header().pointers;
  engine::RunPlan plan;
  FSIM_TRY(plan_as_recorded(fixture, plan));
  record.setup_test = plan.setup_test;
  record.syncs = std::max(plan.syncs, 1);
  if (!plan.starts.empty()) record.state = plan.starts.front().json;
  FSIM_ASSIGN(const core::ExitCode code, record_command(record));
  if (code == core::ExitCode::connector_failed)
    std::cerr << "fivetran-sim: the connector failed, and that was recorded\n";
  return {};
}

bool is_selected(const core::Finding& finding, const rules::Options& options) {
  const core::RuleInfo* rule = rules::find(finding.rule);
  return rule == nullptr || rules::is_selected(*rule, options);
}

}  // namespace

base::Result<core::ExitCode> replay_against(const Arguments& args) {
  FSIM_ASSIGN(const Fixture fixture, open_fixture(args.fixture.dir));
  FSIM_ASSIGN(const connectors::Target target, target_of(args));
  FSIM_ASSIGN(const auto session, open_session(args));
  FSIM_TRY(open_connector(*session, args));
  core::Reporter& reporter = session->output->reporter();
  const std::size_t calls = fixture.calls() * (args.fixture.find_unstable ? 3 : 1);
  if (connectors::is_deployed(target, args.aws.endpoint_url))
    reporter.on_event(core::Notice{
        fmt::format("makes {} calls that were made before, against {}", calls, target.text)});
  const workflows::ReplayOptions options = options_of(*session, args);
  if (args.fixture.find_unstable) {
    FSIM_ASSIGN(const auto found, workflows::find_unstable(fixture, *session->connector, options));
    return print_unstable(found, args);
  }
  const std::string name = session->connector->describe();
  reporter.on_event(core::RunStarted{args.command, name, "fixture:" + args.fixture.dir,
                                     std::string(core::name(session->platform))});
  core::Report report;
  report.command = args.command;
  report.target = name;
  report.destination = "fixture:" + args.fixture.dir;
  const rules::Options selected{args.strict, args.select, args.ignore};
  const auto ran = workflows::replay(fixture, *session->connector, options, reporter, report);
  std::erase_if(report.findings, [&selected](const core::Finding& finding) {
    return !is_selected(finding, selected);
  });
  FSIM_ASSIGN(const core::ExitCode code, session->conclude(report, args, ran));
  if (!args.fixture.update || !ran || report.findings.empty() ||
      report.outcome == core::Outcome::stopped)
    return code;
  session->connector.reset();
  FSIM_TRY(record_anew(fixture, args));
  return core::ExitCode::ok;
}

}  // namespace cli
