// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

namespace cli {

void add_chaos_command(CLI::App& app, Arguments& args) {
  CLI::App& chaos =
      add_command(app, args, "chaos",
                  "Inject a fault at each page and prove that the tables come out the same");
  add_examples(chaos, {"chaos python:main.py:lambda_handler --secrets secrets.json",
                       "chaos main.py --pages 1,5-7 --faults lost,cold",
                       "chaos main.py --volatile fetched_at --report json=chaos.json"});
  add_connector_options(chaos, args);
  add_request_options(chaos, args);
  const char* group = "The faults";
  chaos
      .add_option("--pages", args.chaos.pages,
                  "all, or a list: 1,5-7; by default all up to 20, else first, middle and last")
      ->type_name("PAGES")
      ->group(group);
  chaos
      .add_option(
          "--faults", args.chaos.faults,
          "Only these: lost, twice, killed, garbled, truncated, oversized, cutoff, restart, "
          "rewind, cold, reordered, respelled, resync")
      ->type_name("FAULT,...")
      ->delimiter(',')
      ->group(group);
  chaos
      .add_option("--volatile", args.chaos.volatile_columns,
                  "Columns that differ each time, not to be compared: COLUMN or TABLE.COLUMN")
      ->type_name("COLUMN,...")
      ->delimiter(',')
      ->group(group);
  chaos
      .add_option("--checks", args.chaos.checks,
                  "Only these: matrix, determinism, probes; with --faults or --pages the matrix")
      ->type_name("CHECK,...")
      ->delimiter(',')
      ->check(CLI::IsMember({"matrix", "determinism", "probes"}))
      ->group(group);
  chaos
      .add_option("--old-state", args.chaos.old_states,
                  "A state that an earlier version left, JSON or a file: it must go on; repeatable")
      ->type_name("FILE|JSON")
      ->group(group);
  chaos
      .add_option("--change", args.chaos.change,
                  "A command that changes the source: the next sync must bring what it changed")
      ->type_name("COMMAND")
      ->group(group);
  chaos.add_option("--seed", args.chaos.seed, "Decides where answers and calls are cut")
      ->type_name("N")
      ->group(group);
  chaos
      .add_option("--max-calls", args.max_calls,
                  "End after this many calls in all (exit 6); 1,000 of something deployed")
      ->type_name("N")
      ->group(group);
  chaos
      .add_flag("--allow-repeats", args.allow_repeats,
                "Calls on purpose may be repeated on something deployed")
      ->group(group);
  add_naming_option(chaos, args);
  add_judgement_options(chaos, args);
}

void add_forecast_command(CLI::App& app, Arguments& args) {
  CLI::App& forecast =
      add_command(app, args, "forecast",
                  "After some calls: how many calls, hours and syncs the whole history would take");
  add_examples(forecast, {"forecast python:main.py:lambda_handler --max-calls 50",
                          "forecast main.py --total-rows 12000000", "forecast --from report.json"});
  add_connector_options(forecast, args);
  add_request_options(forecast, args);
  const char* group = "The forecast";
  forecast.add_option("--max-calls", args.max_calls, "How many calls to make; 20 by default")
      ->type_name("N")
      ->group(group);
  forecast
      .add_option("--until", args.forecast.until,
                  "Where the cursor ends: a time (now by default) or a whole number")
      ->type_name("TIME|NUMBER")
      ->group(group);
  forecast.add_option("--total-rows", args.forecast.total_rows, "Rows that the source has in all")
      ->type_name("N")
      ->group(group);
  forecast
      .add_option("--from", args.forecast.from,
                  "Reckon from the first sync of this JSON report instead of calling")
      ->type_name("FILE")
      ->group(group);
  forecast.add_option("--sync-limit", args.sync_limit, "Fivetran's six hours, scaled: 6h")
      ->type_name("TIME")
      ->group(group);
  add_naming_option(forecast, args);
  add_judgement_options(forecast, args);
}

}  // namespace cli
