// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

namespace cli {

void add_record_options(CLI::App& app, FixtureArguments& args) {
  const char* group = "The recording";
  app.add_option("--record-mode", args.record_mode,
                 "once: only where nothing is recorded yet (default); all: anew; new: go on after "
                 "what is recorded; none: never (default of run when CI=true)")
      ->check(CLI::IsMember({"once", "all", "new", "none"}))
      ->group(group);
  app.add_option("--sample", args.sample, "Keep only the first N rows of a table in a page")
      ->group(group);
  app.add_option("--redact", args.redact,
                 "JSON pointer to blot out, such as /insert/people/*/email; repeatable")
      ->group(group);
}

void add_fixture_commands(CLI::App& app, Arguments& args) {
  CLI::App& record =
      add_command(app, args, "record", "Run a connector and record its calls as a fixture");
  add_connector_options(record, args);
  record.add_option("dir", args.fixture.dir, "The fixture's folder");
  add_request_options(record, args);
  add_destination_options(record, args);
  add_naming_option(record, args);
  add_loop_options(record, args);
  add_record_options(record, args.fixture);
  add_judgement_options(record, args);
  record.footer(
      "Examples:\n"
      "  fivetran-sim record python:main.py:lambda_handler fixtures/orders --secrets secrets.json\n"
      "  fivetran-sim record main.py fixtures/orders --syncs 2 --sample 20\n"
      "  fivetran-sim record fixtures/orders -- ./connector --flag");

  CLI::App& replay = add_command(app, args, "replay", "Load and check a recorded fixture offline");
  replay.add_option("dir", args.fixture.dir, "The fixture's folder");
  add_naming_option(replay, args);
  add_judgement_options(replay, args);
  replay.footer(
      "Examples:\n"
      "  fivetran-sim replay fixtures/orders");
}

}  // namespace cli
