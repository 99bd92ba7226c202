// SPDX-License-Identifier: Apache-2.0
#include "cli/reproduce.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace cli {

std::string reproduce_command(const Arguments& args, const std::string& command,
                              const std::string& target) {
  std::string text = fmt::format("fivetran-sim {}", command);
  // The settings file in a folder above names it, from there.
  if (args.target_folder.empty()) text += " " + base::shell_quoted(target);
  const auto add = [&text](std::string_view option, const std::string& value) {
    if (!value.empty())
      text.append(" ").append(option).append(" ").append(base::shell_quoted(value));
  };
  add("--platform", args.platform);
  if (args.sync_method != "direct") add("--sync-method", args.sync_method);
  add("--bucket", args.bucket);
  add("--python", args.python);
  add("--env-file", args.env_file);
  add("--timeout", args.timeout);
  add("--init-timeout", args.local.init_timeout);
  if (args.local.memory_limit_mb > 0)
    add("--memory-limit", std::to_string(args.local.memory_limit_mb));
  if (args.local.freeze) text += " --freeze";
  if (args.local.read_only_fs) text += " --read-only-fs";
  add("--secrets", args.secrets);
  for (const std::string& variable : args.env)
    text += " --env " + variable.substr(0, variable.find('=')) + "=…";
  for (const std::string& secret : args.secret)
    text += " --secret " + secret.substr(0, secret.find('=')) + "=…";
  return text;
}

}  // namespace cli
