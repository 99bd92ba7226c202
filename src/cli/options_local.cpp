// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/local_options.hpp"
#include "cli/options.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/core.h>

namespace cli {

using connectors::RuntimeClient;

void add_local_options(CLI::App& app, LocalArguments& args) {
  const char* group = "A local connector";
  app.add_option("--memory-limit", args.memory_limit_mb,
                 "MB of the program and all it starts; over it it is killed as by Lambda")
      ->type_name("MB")
      ->check(CLI::Range(1, 1 << 20))
      ->group(group);
  app.add_option("--init-timeout", args.init_timeout,
                 "Time to load before the first call: 10s, as on Lambda")
      ->type_name("TIME")
      ->group(group);
  app.add_option("--task-root", args.task_root,
                 "Working folder of a runtime: program; the program's own by default")
      ->type_name("DIR")
      ->group(group);
  app.add_flag("--freeze", args.freeze,
               "Stop the connector between calls, background threads included, as Lambda does")
      ->group(group);
  app.add_flag("--read-only-fs", args.read_only_fs,
               "Let the connector write nothing but $TMPDIR and /tmp, as on Lambda (Linux)")
      ->group(group);
  app.add_option("--style", args.style,
                 "How python: and node: handlers are called: lambda, gcf or azure; by --platform "
                 "by default")
      ->check(CLI::IsMember({"lambda", "gcf", "azure"}))
      ->group(group);
  app.add_option("--runtime-client", args.runtime_client,
                 "What runs python: and node: handlers: built-in, aws (awslambdaric, "
                 "aws-lambda-ric), or auto: aws where it is installed")
      ->check(CLI::IsMember({"auto", "built-in", "aws"}))
      ->group(group);
}

base::Result<void> read_local_options(const Arguments& args,
                                      connectors::ConnectorOptions& options) {
  const LocalArguments& local = args.local;
  options.memory_limit = local.memory_limit_mb << 20;
  // A limit is also what the context tells, unless --memory says something else.
  const bool memory_given = args.memory_mb != Arguments{}.memory_mb;
  const std::uint64_t told =
      local.memory_limit_mb > 0 && !memory_given ? local.memory_limit_mb : args.memory_mb;
  options.memory_mb = static_cast<int>(std::clamp<std::uint64_t>(told, 128, 10'240));
  if (!local.init_timeout.empty()) {
    FSIM_ASSIGN(options.init_timeout, base::parse_duration(local.init_timeout));
    if (options.init_timeout.count() == 0)
      return base::fail(base::ErrorKind::usage,
                        "cannot use --init-timeout 0: a program needs time to load (write 10s)");
  }
  std::error_code ignored;
  if (!local.task_root.empty() && !std::filesystem::is_directory(local.task_root, ignored))
    return base::fail(
        base::ErrorKind::usage,
        fmt::format("cannot use --task-root {}: there is no such folder", local.task_root));
  options.task_root = local.task_root;
  options.freeze = local.freeze;
  options.read_only_fs = local.read_only_fs;
  if (local.style == "lambda") options.style = connectors::HandlerStyle::lambda;
  if (local.style == "gcf") options.style = connectors::HandlerStyle::gcf;
  if (local.style == "azure") options.style = connectors::HandlerStyle::azure;
  if (local.runtime_client == "built-in") options.runtime_client = RuntimeClient::built_in;
  if (local.runtime_client == "aws") options.runtime_client = RuntimeClient::aws;
  return {};
}

}  // namespace cli
