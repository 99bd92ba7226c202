// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include "cli/options_secrets.hpp"
#include "cli/settings_file.hpp"

#include <algorithm>
#include <cctype>
#include <initializer_list>

namespace cli {

void add_connector_options(CLI::App& app, Arguments& args) {
  const char* group = "The connector";
  // In `replay` another connector is the exception, so a target of fivetran-sim.toml is not meant.
  app.add_option(app.get_name() == "replay" ? "against" : "target", args.target,
                 "cmd:…, python:FILE.py:FUNCTION, node:FILE.js:FUNCTION, runtime:./bootstrap, "
                 "fixture:DIR, scenario:DIR; or "
                 "-- PROGRAM ARGS…")
      ->type_name("TARGET");
  app.add_option("--python", args.python, "Python interpreter for python: targets")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--platform", args.platform, "aws, gcp or azure: limits and conventions")
      ->check(CLI::IsMember({"aws", "gcp", "azure"}))
      ->group(group);
  app.add_option("--timeout", args.timeout, "Time for one call; the platform's maximum by default")
      ->type_name("TIME")
      ->group(group);
  app.add_flag("--cold", args.cold, "A fresh process for each call")->group(group);
  app.add_option("--env", args.env, "K=V for the connector's environment; repeatable")
      ->type_name("K=V")
      ->group(group);
  app.add_option("--env-file", args.env_file, "File of K=V lines for the connector's environment")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--function-name", args.function_name, "Function name in the Lambda context")
      ->type_name("NAME")
      ->group(group);
  app.add_option("--memory", args.memory_mb, "Memory in MB that the Lambda context tells")
      ->type_name("MB")
      ->group(group);
  app.add_option("--aws-credentials", args.aws_credentials,
                 "Whether a local connector sees your AWS credentials: none or inherit")
      ->check(CLI::IsMember({"none", "inherit"}))
      ->group(group);
  add_local_options(app, args.local);
  add_aws_options(app, args);
  add_http_options(app, args.http);
}

void add_request_options(CLI::App& app, Arguments& args) {
  const char* group = "The request";
  add_secret_options(app, args, group);
  app.add_option("--custom-payload", args.custom_payload, "K=V; repeatable")
      ->type_name("K=V")
      ->group(group);
  app.add_option("--agent", args.agent, "The request's agent field")
      ->type_name("AGENT")
      ->group(group);
  app.add_option("--external-id", args.external_id, "External id inside the agent field")
      ->type_name("ID")
      ->group(group);
  app.add_option("--sync-method", args.sync_method,
                 "direct: rows in the answers; s3: through a bucket, as \"Sync through S3 bucket\"")
      ->check(CLI::IsMember({"direct", "s3"}))
      ->group(group);
  app.add_option("--bucket", args.bucket, "The S3 bucket; for a local connector it need not exist")
      ->type_name("NAME")
      ->group(group);
  app.add_option("--sync-id", args.sync_id, "Fixed sync_id instead of a new UUID")
      ->type_name("UUID")
      ->group(group);
  app.add_option("--state", args.state, "State to start from: a file or JSON")
      ->type_name("FILE|JSON")
      ->group(group);
  app.add_flag("--setup-test", args.setup_test, "Send the setup test (\"Save & Test\") first")
      ->group(group);
  app.add_option("--assume", args.assume, "NAME=VALUE, see `explain assumptions`; repeatable")
      ->type_name("ASSUMPTION=VALUE")
      ->group(group);
}

void add_duckdb_option(CLI::App& app, Arguments& args) {
  app.add_option("--duckdb-library", args.duckdb_library,
                 "libduckdb for duckdb:PATH; by default the one beside this program or on the "
                 "loader's path (scripts/get-duckdb fetches it)")
      ->type_name("FILE")
      ->group("The destination");
}

void add_destination_options(CLI::App& app, Arguments& args) {
  const char* group = "The destination";
  app.add_option("--destination", args.destination,
                 "sqlite:PATH, postgresql://USER@HOST/DATABASE, duckdb:PATH or memory:")
      ->type_name("WAREHOUSE")
      ->group(group);
  app.add_option("--schema", args.schema, "Schema of the connection; a file of its own beside PATH")
      ->type_name("NAME")
      ->group(group);
  add_duckdb_option(app, args);
}

void add_naming_option(CLI::App& app, Arguments& args) {
  app.add_option("--naming", args.naming,
                 "fivetran: names are renamed as Fivetran does; source: they stay as sent")
      ->check(CLI::IsMember({"fivetran", "source"}))
      ->group("The destination");
}

void add_judgement_options(CLI::App& app, Arguments& args) {
  const char* group = "The judgement";
  app.add_flag("--strict,!--no-strict", args.strict, "Hold to the documented contract only")
      ->group(group);
  app.add_flag("--stats", args.stats, "Tell on stderr and in the report where the time went")
      ->group("The screen");
  app.add_option("--select", args.select, "Only these rules: ids, prefixes or slugs")
      ->type_name("RULE,...")
      ->delimiter(',')
      ->group(group);
  app.add_option("--ignore", args.ignore, "Not these rules")
      ->type_name("RULE,...")
      ->delimiter(',')
      ->group(group);
  app.add_option("--fail-on", args.fail_on,
                 "Exit 1 from this severity on: error, warning, info, never")
      ->check(CLI::IsMember({"error", "warning", "info", "never"}))
      ->group(group);
  add_pardon_options(app, args.pardons, group);
  app.add_option("--report", args.report,
                 "FORMAT[=PATH]: human, json, ndjson, junit, sarif, github, gitlab, tap, markdown, "
                 "html; repeatable")
      ->type_name("FORMAT[=PATH]")
      ->group(group);
}

void add_loop_options(CLI::App& app, Arguments& args) {
  const char* group = "The loop";
  app.add_option("--syncs", args.syncs, "How many syncs to run")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000))
      ->group(group);
  app.add_flag("--full-refresh", args.full_refresh, "Start at state {} over the existing data")
      ->group(group);
  app.add_option("--max-calls", args.max_calls, "End a sync after this many calls (exit 6)")
      ->type_name("N")
      ->group(group);
  app.add_option("--max-rows", args.max_rows, "End a sync after this many rows (exit 6)")
      ->type_name("N")
      ->group(group);
  app.add_option("--max-time", args.max_time, "End a sync after this time (exit 6)")
      ->type_name("TIME")
      ->group(group);
  app.add_option("--sync-limit", args.sync_limit, "Fivetran's six hours, scaled: 6h")
      ->type_name("TIME")
      ->group(group);
  app.add_option("--warn-calls", args.warn_calls, "LOOP-04 warns above this many calls")
      ->type_name("N")
      ->group(group);
  app.add_flag("--check-idempotent", args.check_idempotent,
               "Send each request twice and compare (INV-05)")
      ->group(group);
  app.add_flag("--allow-repeats", args.allow_repeats,
               "Calls on purpose may be repeated on something deployed")
      ->group(group);
  app.add_flag("--adopt", args.adopt, "Go on although the schema belongs to another target")
      ->group(group);
}

void add_examples(CLI::App& app, const std::vector<std::string>& lines) {
  std::string text = "Examples:";
  for (const std::string& line : lines) text += "\n  fivetran-sim " + line;
  app.footer(text);
}

void add_format(CLI::App& app, Arguments& args, const std::vector<std::string>& names) {
  app.add_option("--format", args.format, "How to print")->check(CLI::IsMember(names));
}

CLI::App& add_command(CLI::App& app, Arguments& args, const std::string& name,
                      const std::string& about) {
  CLI::App* sub = app.add_subcommand(name, about);
  const char* group = "The screen";
  sub->add_option("--color", args.color, "always, auto or never")
      ->check(CLI::IsMember({"always", "auto", "never"}))
      ->group(group);
  sub->add_flag("-v,--verbose", args.verbose, "Show notes; twice: also what the program does")
      ->group(group);
  sub->add_flag("-q,--quiet", args.quiet, "No human report")->group(group);
  sub->add_flag("--no-logs", args.no_logs, "Do not show what the connector prints")->group(group);
  return *sub;
}

namespace {

constexpr const char* kHidden = "The secrets to hide";

void add_looking_commands(CLI::App& app, Arguments& args) {
  CLI::App& state =
      add_command(app, args, "state",
                  "Show or change the stored state: show, set JSON, history, rewind N, clear");
  state.add_option("action", args.action, "show, set, history, rewind or clear")
      ->check(CLI::IsMember({"show", "set", "history", "rewind", "clear"}));
  state
      .add_option("value", args.value,
                  "For set: JSON or a file; for rewind: N states back, or SYNC:CALL")
      ->type_name("VALUE");
  add_destination_options(state, args);
  add_secret_options(state, args, kHidden);
  add_format(state, args, {"table", "json"});

  add_examples(state, {"state", "state history", "state rewind 1",
                       "state set '{\"cursor\": \"2026-01-01\"}'"});

  CLI::App& reset = add_command(app, args, "reset", "Drop the tables we made and forget the state");
  add_destination_options(reset, args);
  reset.add_flag("-y,--force", args.force, "Do not ask");
  add_examples(reset, {"reset --force", "reset --destination sqlite:other.sqlite --force"});
}

// FIVETRAN_SIM_MAX_CALLS for --max-calls, and so on for every option of the command `word`; of all
// commands when there is none of that name. The parser goes by the variables of every command that
// was declared, and `tables` is to know nothing of what only `sql` has.
void name_environment(CLI::App& app, std::string_view word, bool known) {
  for (CLI::App* sub : app.get_subcommands({})) {
    if (known && !sub->check_name(std::string(word))) continue;
    for (CLI::Option* option : sub->get_options()) {
      if (option->get_lnames().empty() || option->get_lnames().front() == "help") continue;
      const std::string& name = option->get_lnames().front();
      // It does not go by the variable either: arguments.cpp.
      if (name == "destination" && has_own_warehouse(sub->get_name())) continue;
      std::string variable = "FIVETRAN_SIM_";
      for (const char c : name)
        variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      option->envname(variable);
    }
  }
}

void add_serving_command(CLI::App& app, Arguments& args) {
  CLI::App& serve =
      add_command(app, args, "serve",
                  "Offer a target as a Lambda invoke endpoint on loopback: serve lambda "
                  "TARGET");
  serve.add_option("what", args.action, "lambda")->required()->check(CLI::IsMember({"lambda"}));
  add_connector_options(serve, args);
  serve.add_option("--port", args.port, "Port on 127.0.0.1; any free one by default")
      ->type_name("PORT")
      ->check(CLI::Range(1, 65'535));
  add_examples(serve, {"serve lambda main.py --port 9001", "serve lambda index.js:handler"});
}

const std::string kVersion = "--version";

struct Declaration {
  void (*add)(CLI::App& app, Arguments& args);
  std::initializer_list<std::string_view> words;  // its commands and their aliases
  bool declares(std::string_view word) const {
    return std::ranges::find(words, word) != words.end();
  }
};

// In the order of `--help`.
const Declaration kDeclarations[] = {
    {add_run_command, {"run", "sync", "debug"}},
    {add_invoke_command, {"invoke"}},
    {add_check_command, {"check"}},
    {add_fixture_commands, {"record", "replay"}},
    {add_looking_commands, {"state", "reset"}},
    {add_warehouse_commands, {"tables", "sql", "schema", "diff"}},
    {add_chaos_command, {"chaos"}},
    {add_test_command, {"test"}},
    {add_project_commands, {"init", "runs", "report"}},
    {add_forecast_command, {"forecast"}},
    {add_scan_command, {"scan"}},
    {add_learning_commands, {"rules", "explain", "doctor", "demo", "completion", "man"}},
    {add_serving_command, {"serve"}},
    {add_aws_command, {"aws"}},
};

}  // namespace

std::unique_ptr<CLI::App> declare_options(Arguments& args, std::string_view word) {
  auto app = std::make_unique<CLI::App>(
      "Runs a Fivetran Functions connector as Fivetran would: calls it with the evolving state, "
      "checks\n"
      "every response, loads the rows into a local database and says what is wrong.",
      "fivetran-sim");
  app->set_version_flag(kVersion, "fivetran-sim " FSIM_VERSION);
  add_examples(*app, {"run python:main.py:lambda_handler --secrets secrets.json",
                      "run -- ./connector --flag", "invoke index.js:handler --dump request",
                      "check response.json --strict"});
  app->require_subcommand(1);
  const bool known = std::ranges::any_of(
      kDeclarations, [word](const Declaration& one) { return one.declares(word); });
  if (word == kVersion) return app;
  for (const Declaration& one : kDeclarations)
    if (!known || one.declares(word)) one.add(*app, args);
  name_environment(*app, word, known);
  return app;
}

}  // namespace cli
