// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"
#include "cli/options_secrets.hpp"

namespace cli {

void add_keep_runs_option(CLI::App& app, Arguments& args) {
  app.add_option("--keep-runs", args.keep_runs,
                 "How many reports of runs stay in .fivetran-sim/runs; 0: none is kept")
      ->type_name("N")
      ->check(CLI::Range(0, 100'000))
      ->group("The screen");
}

void add_project_commands(CLI::App& app, Arguments& args) {
  CLI::App& init = add_command(app, args, "init",
                               "Write fivetran-sim.toml and the .gitignore entry for the connector "
                               "in this folder");
  add_examples(init, {"init", "init --ci github"});
  init.add_option("--ci", args.init_ci, "Also write the files of a CI: github or gitlab")
      ->check(CLI::IsMember({"github", "gitlab"}));
  init.add_flag("-y,--force", args.force, "Replace files that are there");

  CLI::App& runs = add_command(app, args, "runs", "The runs and tests whose reports are kept here");
  add_format(runs, args, {"table", "json"});

  CLI::App& report = add_command(app, args, "report", "Show a kept report again, in any format");
  add_examples(runs, {"runs", "runs --format json"});
  add_examples(report, {"report last", "report last --report markdown"});
  report.add_option("run", args.topic, "An identifier of `runs`, its beginning, or last")
      ->type_name("RUN")
      ->required();
  add_secret_options(report, args, "The secrets to hide");
  report
      .add_option("--report", args.report,
                  "FORMAT[=PATH]: human, json, ndjson, junit, sarif, github, gitlab, tap, "
                  "markdown; repeatable")
      ->type_name("FORMAT[=PATH]");
}

}  // namespace cli
