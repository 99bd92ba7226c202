// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

namespace cli {

void add_chaos_command(CLI::App& app, Arguments& args) {
  CLI::App& chaos =
      add_command(app, args, "chaos",
                  "Inject a fault at each page and prove that the tables come out the same");
  chaos.footer(
      "Examples:\n"
      "  fivetran-sim chaos python:main.py:lambda_handler --secrets secrets.json\n"
      "  fivetran-sim chaos main.py --pages 1,5-7 --faults lost,cold\n"
      "  fivetran-sim chaos main.py --volatile fetched_at --report json=chaos.json");
  add_connector_options(chaos, args);
  add_request_options(chaos, args);
  const char* group = "The faults";
  chaos
      .add_option("--pages", args.chaos.pages,
                  "all, or a list: 1,5-7; by default all up to 20, else first, middle and last")
      ->group(group);
  chaos
      .add_option(
          "--faults", args.chaos.faults,
          "Only these: lost, twice, killed, garbled, truncated, oversized, cutoff, restart, "
          "rewind, cold, reordered, respelled, resync")
      ->delimiter(',')
      ->group(group);
  chaos
      .add_option("--volatile", args.chaos.volatile_columns,
                  "Columns that differ each time, not to be compared: COLUMN or TABLE.COLUMN")
      ->delimiter(',')
      ->group(group);
  chaos.add_option("--seed", args.chaos.seed, "Decides where answers and calls are cut")
      ->group(group);
  chaos.add_option("--max-calls", args.max_calls, "End after this many calls in all (exit 6)")
      ->group(group);
  chaos
      .add_flag("--allow-repeats", args.allow_repeats,
                "Calls on purpose may be repeated on something deployed")
      ->group(group);
  add_naming_option(chaos, args);
  add_judgement_options(chaos, args);
}

}  // namespace cli
