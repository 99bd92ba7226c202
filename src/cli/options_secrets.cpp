// SPDX-License-Identifier: Apache-2.0
#include "cli/options_secrets.hpp"

namespace cli {

void add_secret_options(CLI::App& app, Arguments& args, const std::string& group) {
  app.add_option("--secrets", args.secrets, "JSON file, - for stdin, or env:PREFIX")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--secret", args.secret, "K=V, one secret; repeatable")
      ->type_name("K=V")
      ->group(group);
}

}  // namespace cli
