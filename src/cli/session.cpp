// SPDX-License-Identifier: Apache-2.0
#include "cli/session.hpp"

#include "base/files.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "cli/assumptions_input.hpp"
#include "cli/aws_options.hpp"
#include "cli/fixture_input.hpp"
#include "cli/http_options.hpp"
#include "cli/local_options.hpp"
#include "cli/pardons_input.hpp"
#include "cli/program.hpp"
#include "cli/run_store.hpp"
#include "cli/secrets_input.hpp"
#include "cli/source_place.hpp"
#include "connectors/registry.hpp"
#include "destinations/registry.hpp"
#include "engine/exit_code.hpp"
#include "protocol/naming.hpp"
#include "rules/rule_set.hpp"
#include "workflows/suite.hpp"
#include "workflows/table_samples.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

using Environment = std::vector<std::pair<std::string, std::string>>;

base::Result<void> add_variable(Environment& env, std::string_view text, const std::string& where) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals == 0)
    return fail(ErrorKind::usage,
                fmt::format("cannot read {}: \"{}\" is not NAME=VALUE", where, text));
  env.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  return {};
}

// Lines of NAME=VALUE, blank lines and # comments; `export` and quotes around the value are
// dropped.
base::Result<void> add_env_file(Environment& env, const std::string& path) {
  FSIM_ASSIGN(const std::string text, base::read_file(path));
  std::size_t begin = 0, number = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line(text.data() + begin, end - begin);
    begin = end + 1;
    ++number;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with("export ")) line.remove_prefix(7);
    FSIM_TRY(add_variable(env, line, fmt::format("{} line {}", path, number)));
    std::string& value = env.back().second;
    const bool quoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
                        value.front() == value.back();
    if (quoted) value = value.substr(1, value.size() - 2);
  }
  return {};
}

base::Result<Environment> read_environment(const Arguments& args) {
  Environment env;
  if (!args.env_file.empty()) FSIM_TRY(add_env_file(env, args.env_file));
  for (const std::string& text : args.env) FSIM_TRY(add_variable(env, text, "--env"));
  return env;
}

// The bucket through which rows come; empty in a direct sync.
base::Result<std::string> bucket_of(const Arguments& args) {
  constexpr std::string_view kLocalBucket = "fivetran-sim-bucket";
  if (args.sync_method != "s3") {
    if (args.bucket.empty()) return std::string();
    return fail(ErrorKind::usage, "cannot use --bucket in a direct sync (add --sync-method s3)");
  }
  if (platform_of(args) != core::Platform::aws)
    return fail(ErrorKind::usage,
                "cannot sync through S3: Fivetran does so for AWS Lambda only (leave --sync-method "
                "out, or add --platform aws)");
  const bool local = !args.program.empty() || !connectors::runs_elsewhere(args.target);
  if (args.bucket.empty() && !local)
    return fail(ErrorKind::usage,
                "cannot sync through S3 without a bucket (add --bucket NAME, the one that the "
                "connection in Fivetran names)");
  return args.bucket.empty() ? std::string(kLocalBucket) : args.bucket;
}

base::Result<void> read_settings(Session& session, const Arguments& args) {
  engine::Settings& settings = session.settings;
  settings.platform = session.platform;
  settings.limits = protocol::limits(session.platform);
  settings.call_timeout = settings.limits.call_time;
  if (!args.timeout.empty()) {
    FSIM_ASSIGN(settings.call_timeout, base::parse_duration(args.timeout));
  }
  if (!args.max_time.empty()) {
    FSIM_ASSIGN(settings.budget.max_time, base::parse_duration(args.max_time));
  }
  FSIM_ASSIGN(settings.sync_limit, base::parse_duration(args.sync_limit));
  settings.budget.max_calls = args.max_calls;
  settings.budget.max_rows = args.max_rows;
  settings.warn_calls = args.warn_calls;
  settings.check_idempotent = args.check_idempotent;
  settings.measure_times = args.stats;
  settings.source_naming = args.naming == "source";
  settings.agent = args.agent.empty()
                       ? protocol::agent(session.platform,
                                         args.external_id.empty() ? "local_sim" : args.external_id,
                                         schema_of(args))
                       : args.agent;
  settings.secrets_json = session.secrets_json;
  FSIM_ASSIGN(settings.custom_payload_json, read_custom_payload(args));
  FSIM_ASSIGN(settings.bucket, bucket_of(args));
  if (!args.sync_id.empty()) settings.sync_id = args.sync_id;
  FSIM_ASSIGN(const auto assumed, read_assumptions(args));
  apply_assumptions(assumed, settings);
  return {};
}

// Something deployed is not called twice on purpose unless the user says so.
base::Result<void> check_repeats(const connectors::Target& target, const Arguments& args) {
  const bool replays = args.command == "replay";
  if (!(args.check_idempotent || replays) || args.allow_repeats ||
      !connectors::is_deployed(target, args.aws.endpoint_url))
    return {};
  if (replays)
    return fail(ErrorKind::usage,
                fmt::format("cannot replay {} against {}: it would make the recorded calls once "
                            "more, which may use up a rotating token or drain a queue (add "
                            "--allow-repeats if that does no harm)",
                            args.fixture.dir, target.text));
  return fail(ErrorKind::usage,
              fmt::format("cannot use --check-idempotent on {}: it would make each call twice, "
                          "which may use up a rotating token or drain a queue (add --allow-repeats "
                          "if that does no harm)",
                          target.text));
}

core::Severity fail_on(const Arguments& args) {
  if (args.fail_on == "warning") return core::Severity::warning;
  if (args.fail_on == "info") return core::Severity::info;
  return args.fail_on == "never" ? core::Severity::off : core::Severity::error;
}

}  // namespace

core::Platform platform_of(const Arguments& args) {
  if (args.platform.empty()) return connectors::usual_platform(args.target);
  if (args.platform == "gcp") return core::Platform::gcp;
  return args.platform == "azure" ? core::Platform::azure : core::Platform::aws;
}

std::string schema_of(const Arguments& args) {
  return args.schema.empty() ? std::string(protocol::default_schema(platform_of(args)))
                             : args.schema;
}

std::string destination_url(const Arguments& args) {
  if (!args.destination.empty()) return args.destination;
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path root = args.project_root;
  const fs::path file = fs::path(".fivetran-sim") / "warehouse.sqlite";
  return "sqlite:" + (root == fs::current_path(error) ? file : root / file).string();
}

base::Result<std::unique_ptr<core::Destination>> open_destination(const Arguments& args,
                                                                  Access access) {
  if (!args.schema.empty() && !protocol::is_schema_name(args.schema))
    return fail(
        ErrorKind::usage,
        fmt::format(
            "\"{}\" is no schema name that Fivetran's form accepts (lower-case letters, digits "
            "and _, no digit first)",
            args.schema));
  FSIM_ASSIGN(const auto assumed, read_assumptions(args));
  destinations::OpenOptions options;
  options.default_schema = std::string(protocol::default_schema(platform_of(args)));
  apply_assumptions(assumed, options);
  options.naming = args.naming == "source" ? protocol::Naming::source : protocol::Naming::fivetran;
  options.holder =
      args.target.empty() ? "fivetran-sim " + args.command : redactor_of(args)(args.target);
  options.read_only = access == Access::read || access == Access::compare;
  options.read_foreign = access == Access::compare;
  options.lock = !options.read_only;
  options.duckdb_library = args.duckdb_library;
  return destinations::open(destination_url(args), schema_of(args), options);
}

base::Result<std::unique_ptr<core::Destination>> open_private_destination(const Arguments& args) {
  Arguments private_args = args;
  private_args.destination = "memory:";
  return open_destination(private_args, Access::load);
}

base::Result<std::unique_ptr<Session>> open_session(const Arguments& args, bool human_to_stderr) {
  auto session = std::make_unique<Session>();
  session->platform = platform_of(args);
  session->secrets_json = args.secrets_json;
  FSIM_TRY(read_settings(*session, args));
  session->leaks = std::make_unique<engine::LeakWatch>(redactor_of(args).search());
  const rules::Options options{args.strict, args.select, args.ignore};
  FSIM_TRY(rules::check_options(options));
  session->rules = rules::make_rule_set(options);
  FSIM_ASSIGN(session->pardons, read_pardons(args, session->clock.now(), redactor_of(args)));
  const workflows::Pardons& pardons = *session->pardons;
  FSIM_ASSIGN(session->output,
              Output::open(args, human_to_stderr,
                           [&pardons](core::Finding& finding) { pardons.mark(finding); }));
  return session;
}

base::Result<connectors::Target> target_of(const Arguments& args) {
  if (args.target.empty() && args.program.empty())
    return fail(
        ErrorKind::usage,
        fmt::format("no target given (write: fivetran-sim {} python:main.py:lambda_handler)",
                    args.command));
  return args.program.empty() ? connectors::parse_target(args.target, args.target_folder)
                              : connectors::command_target(args.program);
}

base::Result<connectors::ConnectorOptions> connector_options(const Arguments& args) {
  connectors::ConnectorOptions options;
  FSIM_ASSIGN(options.env, read_environment(args));
  options.platform = platform_of(args);
  FSIM_TRY(read_local_options(args, options));
  options.function_name = args.function_name;
  options.python = args.python;
  options.project_root = args.project_root;
  options.through_bucket = args.sync_method == "s3";
  options.cold = args.cold;
  options.aws_credentials = args.aws_credentials == "inherit" ? connectors::AwsCredentials::inherit
                                                              : connectors::AwsCredentials::none;
  options.aws = aws_options(args);
  FSIM_ASSIGN(options.http, http_options(args));
  return options;
}

base::Result<void> open_connector(Session& session, const Arguments& args) {
  FSIM_ASSIGN(const connectors::Target target, target_of(args));
  FSIM_TRY(check_repeats(target, args));
  if (!target.guess.empty()) session.output->reporter().on_event(core::Notice{target.guess});
  FSIM_ASSIGN(const connectors::ConnectorOptions options, connector_options(args));
  if (target.kind == connectors::TargetKind::fixture) {
    FSIM_ASSIGN(session.connector, open_player((std::filesystem::path(args.target_folder) /
                                                target.text.substr(target.text.find(':') + 1))
                                                   .string(),
                                               target.text));
    return {};
  }
  session.logs = std::make_unique<engine::LogOrder>(session.output->reporter());
  engine::LogOrder& logs = *session.logs;
  engine::LeakWatch& leaks = *session.leaks;
  FSIM_ASSIGN(session.connector,
              connectors::make_connector(target, options, [&logs, &leaks](std::string_view line) {
                leaks.on_log(line);
                logs.on_line(line);
              }));
  return {};
}

base::Result<void> open_target(Session& session, const Arguments& args) {
  session.connector.reset();
  session.platform = platform_of(args);
  session.settings = {};
  FSIM_TRY(read_settings(session, args));
  return open_connector(session, args);
}

engine::World Session::world() {
  return {*connector,
          *destination,
          *rules,
          output->reporter(),
          clock,
          base::uuid4,
          [] { return interrupted(); },
          leaks.get(),
          logs.get()};
}

base::Result<core::ExitCode> Session::conclude(core::Report& report, const Arguments& args,
                                               const base::Result<void>& ran) {
  const core::Severity counts = fail_on(args);
  pardons->conclude(report,
                    std::min(counts == core::Severity::off ? core::Severity::warning : counts,
                             core::Severity::warning));
  report.fail_on = counts;
  report.source = source_of(args);
  workflows::settle_checks(report);
  report.exit_code = engine::exit_code(report.findings, report.syncs, counts);
  report.strict = args.strict;
  report.response_limit = settings.limits.response_bytes;
  if (report.outcome == core::Outcome::stopped && report.exit_code == core::ExitCode::ok)
    report.exit_code = core::ExitCode::user_limit;
  if (!ran) {
    report.error = ran.error().message;
    report.outcome = core::Outcome::failed;
    report.exit_code = exit_code_of(ran.error());
  } else if (interrupted() && report.exit_code == core::ExitCode::user_limit) {
    report.exit_code = interrupt_exit_code();
  }
  if (ran && destination && output->shows_rows())
    report.samples = workflows::table_samples(*destination, report.tables);
  if (ran && report.exit_code != core::ExitCode::nothing_tested) FSIM_TRY(write_baseline(*pardons));
  FSIM_TRY(output->finish(report));
  if (args.command == "run" || args.command == "test") keep_run(args, output->redacted(report));
  if (!ran) print_error(ran.error());
  return report.exit_code;
}

}  // namespace cli
