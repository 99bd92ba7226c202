// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

namespace cli {

void add_pardon_options(CLI::App& app, PardonArguments& args, const std::string& group) {
  app.add_option("--waive", args.waive,
                 "RULE[=REASON]: its findings are shown and do not count; repeatable")
      ->type_name("RULE[=REASON]")
      ->group(group);
  app.add_option("--baseline", args.baseline,
                 "File of known findings, which do not count; begun with this run when it is not "
                 "there")
      ->type_name("FILE")
      ->group(group);
  app.add_flag("--update-baseline", args.update_baseline,
               "This run's findings become the known ones")
      ->group(group);
}

}  // namespace cli
