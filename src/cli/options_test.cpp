// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

namespace cli {

void add_test_command(CLI::App& app, Arguments& args) {
  CLI::App& test = add_command(app, args, "test",
                               "The contract suite for CI, on one or several connectors, from "
                               "state {} in a warehouse that is thrown away");
  add_examples(test, {"test python:main.py:lambda_handler --report junit=report.xml",
                      "test main.py index.js:handler --suite quick",
                      "test main.py --baseline known.json --fail-on warning --report github"});
  // In CI it is the documented contract that counts.
  test.preparse_callback([&args](std::size_t) { args.strict = true; });
  add_connector_options(test, args);
  add_request_options(test, args);
  const char* group = "The suite";
  test.add_option("more", args.suite.more, "More targets, tested in turn; one report tells of all")
      ->type_name("TARGET");
  test.add_option(
          "--suite", args.suite.name,
          "quick: the first page, or all of recorded answers; standard: setup test, "
          "historical and incremental sync, the same state twice, a state with its keys in "
          "another order; full: also the limits of every platform and a fault at each page (chaos)")
      ->check(CLI::IsMember({"quick", "standard", "full"}))
      ->group(group);
  test.add_option(
          "--fixture", args.suite.fixture,
          "A recorded fixture: the connector must go on from each state that its calls were "
          "sent")
      ->type_name("DIR")
      ->group(group);
  test.add_option("--max-calls", args.max_calls, "End a sync after this many calls (exit 6)")
      ->type_name("N")
      ->group(group);
  test.add_option("--max-time", args.max_time, "End a sync after this time (exit 6)")
      ->type_name("TIME")
      ->group(group);
  test.add_flag("--allow-repeats", args.allow_repeats,
                "Calls on purpose may be repeated on something deployed")
      ->group(group);
  add_destination_options(test, args);
  add_naming_option(test, args);
  test.add_option("--schema-lock", args.look.lock,
                  "Compare the tables with this file of `schema lock` (CON rules)")
      ->type_name("FILE")
      ->group("The destination");
  add_judgement_options(test, args);
  add_keep_runs_option(test, args);
}

}  // namespace cli
