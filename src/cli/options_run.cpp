// SPDX-License-Identifier: Apache-2.0
// run, invoke and check: what calls a connector once or until it has nothing more.
#include "cli/options.hpp"
#include "cli/options_secrets.hpp"

namespace cli {

void add_run_command(CLI::App& app, Arguments& args) {
  CLI::App& run =
      add_command(app, args, "run", "Call, check, load and commit until hasMore is false");
  run.alias("sync")->alias("debug");
  add_connector_options(run, args);
  add_request_options(run, args);
  add_destination_options(run, args);
  add_naming_option(run, args);
  run.add_option("--schema-lock", args.look.lock,
                 "Compare the tables with this file of `schema lock` (CON rules)")
      ->type_name("FILE")
      ->group("The destination");
  run.add_flag("--watch", args.watch,
               "Run again, from {} and into tables of its own, whenever the connector's files "
               "change, and show what changed")
      ->group("The loop");
  add_loop_options(run, args);
  run.add_option("--record", args.fixture.dir, "Record the calls into this folder")
      ->type_name("DIR")
      ->group("The recording");
  add_record_options(run, args.fixture);
  add_keep_runs_option(run, args);
  add_judgement_options(run, args);

  add_examples(run, {"run python:main.py:lambda_handler --secrets secrets.json",
                     "run main.py --syncs 2 --report html=report.html",
                     "run index.js:handler --max-calls 10 --destination memory:",
                     "run -- ./connector --flag"});
}

void add_invoke_command(CLI::App& app, Arguments& args) {
  CLI::App& invoke = add_command(app, args, "invoke", "Make one call and print the answer");
  add_connector_options(invoke, args);
  add_request_options(invoke, args);
  add_destination_options(invoke, args);
  add_naming_option(invoke, args);
  add_judgement_options(invoke, args);
  invoke
      .add_option("--dump", args.dump,
                  "request: print the exact request and call nothing; response")
      ->check(CLI::IsMember({"request", "response"}));
  invoke.add_flag("--reveal-secrets", args.reveal_secrets, "Print secrets in a dumped request");

  add_examples(invoke, {"invoke main.py --dump request", "invoke main.py --setup-test",
                        "invoke index.js:handler --state '{\"cursor\": \"2026-01-01\"}'"});
}

void add_check_command(CLI::App& app, Arguments& args) {
  CLI::App& check =
      add_command(app, args, "check", "Judge response documents: files or - for stdin");
  check.add_option("files", args.files, "JSON, or one response a line")->type_name("FILE");
  check.add_option("--platform", args.platform, "aws, gcp or azure")
      ->check(CLI::IsMember({"aws", "gcp", "azure"}));
  add_secret_options(check, args, "The secrets to look for and to hide");
  check.add_option("--assume", args.assume, "NAME=VALUE, see `explain assumptions`; repeatable")
      ->type_name("ASSUMPTION=VALUE");
  add_naming_option(check, args);
  add_judgement_options(check, args);
  add_examples(check,
               {"check response.json --strict", "check responses/*.json --report junit=report.xml",
                "invoke main.py | fivetran-sim check -"});
}

}  // namespace cli
