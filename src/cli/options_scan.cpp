// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"
#include "cli/options_secrets.hpp"

namespace cli {

void add_scan_command(CLI::App& app, Arguments& args) {
  CLI::App& scan = add_command(app, args, "scan",
                               "Find secrets in fixtures, logs and reports: files and folders");
  scan.add_option("paths", args.files, "Files, or folders with all below them")->type_name("PATH");
  scan.add_option("--exclude", args.scan_exclude, "Glob of paths or names to leave out; repeatable")
      ->type_name("GLOB");
  add_format(scan, args, {"table", "json"});
  add_secret_options(scan, args, "The secrets to look for");
  add_examples(scan, {"scan .", "scan fixtures report.json --secrets secrets.json",
                      "scan . --exclude 'node_modules' --format json"});
}

}  // namespace cli
