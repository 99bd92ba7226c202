// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"
#include "cli/options_secrets.hpp"

namespace cli {
namespace {

void add_compare_options(CLI::App& app, Arguments& args) {
  const char* group = "The comparison";
  app.add_option("--match", args.fixture.match,
                 "exact: the same values; shape: the same names and JSON types; keys: the same "
                 "names")
      ->check(CLI::IsMember({"exact", "shape", "keys"}))
      ->group(group);
  app.add_option("--ignore-field", args.fixture.ignore_fields,
                 "JSON pointer that may differ, * for any row or name; repeatable")
      ->type_name("POINTER")
      ->group(group);
  app.add_flag("--find-unstable", args.fixture.find_unstable,
               "Send each request three times and list what differs each time")
      ->group(group);
  app.add_flag("--update", args.fixture.update,
               "Accept what differs: record anew; without a target: accept edited files")
      ->group(group);
  app.add_flag("--allow-repeats", args.allow_repeats,
               "Calls on purpose may be repeated on something deployed")
      ->group(group);
}

}  // namespace

void add_record_options(CLI::App& app, FixtureArguments& args) {
  const char* group = "The recording";
  app.add_option("--record-mode", args.record_mode,
                 "once: only where nothing is recorded yet (default); all: anew; new: go on after "
                 "what is recorded; none: never (default of run when CI=true)")
      ->check(CLI::IsMember({"once", "all", "new", "none"}))
      ->group(group);
  app.add_option("--sample", args.sample, "Keep only the first N rows of a table in a page")
      ->type_name("N")
      ->group(group);
  app.add_option("--redact", args.redact,
                 "JSON pointer to blot out, such as /insert/people/*/email; repeatable")
      ->type_name("POINTER")
      ->group(group);
}

void add_fixture_commands(CLI::App& app, Arguments& args) {
  CLI::App& record =
      add_command(app, args, "record", "Run a connector and record its calls as a fixture");
  add_connector_options(record, args);
  record.add_option("dir", args.fixture.dir, "The fixture's folder")->type_name("DIR");
  add_request_options(record, args);
  add_destination_options(record, args);
  add_naming_option(record, args);
  add_loop_options(record, args);
  add_record_options(record, args.fixture);
  add_judgement_options(record, args);
  add_examples(record,
               {"record python:main.py:lambda_handler fixtures/orders --secrets secrets.json",
                "record main.py fixtures/orders --syncs 2 --sample 20",
                "record fixtures/orders -- ./connector --flag"});

  CLI::App& replay = add_command(app, args, "replay",
                                 "Load and check a recorded fixture offline; with a target send "
                                 "the recorded requests again and compare the answers");
  replay.add_option("dir", args.fixture.dir, "The fixture's folder")->type_name("DIR");
  add_connector_options(replay, args);
  add_secret_options(replay, args, "The request");
  add_destination_options(replay, args);
  add_naming_option(replay, args);
  add_compare_options(replay, args);
  add_judgement_options(replay, args);
  add_examples(
      replay,
      {"replay fixtures/orders", "replay fixtures/orders --destination sqlite:orders.sqlite",
       "replay fixtures/orders main.py --secrets secrets.json",
       "replay fixtures/orders main.py --match exact --ignore-field '/insert/*/*/fetched_at'",
       "replay fixtures/orders main.py --update"});
}

}  // namespace cli
