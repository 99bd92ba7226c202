// SPDX-License-Identifier: Apache-2.0
#include "connectors/node_connector.hpp"

#include "base/process.hpp"
#include "connectors/handler_connector.hpp"
#include "embedded/node_aws_client.hpp"
#include "embedded/node_shim.hpp"
#include "embedded/node_styles.hpp"

#include <utility>

#include <fmt/core.h>

namespace connectors {

base::Result<std::unique_ptr<core::Connector>> make_node_connector(const Target& target,
                                                                   const ConnectorOptions& options,
                                                                   core::LogSink log) {
  HandlerSetting setting = handler_setting(target, options);
  const auto path = setting.env.find("PATH");
  auto node = base::find_program("node", path == setting.env.end() ? "" : path->second);
  if (!node)
    return base::fail(base::ErrorKind::environment,
                      fmt::format("cannot run {}: no node on PATH (install Node 14 or later, with "
                                  "apt-get install nodejs or brew install node)",
                                  target.text));
  LanguageRuntime runtime;
  runtime.needs = "Node 14 or later is needed: put it first on PATH";
  runtime.command = {std::move(*node)};
  runtime.client = {{"fivetran_sim_runtime.cjs", embedded::node_shim},
                    {"fivetran_sim_aws_client.cjs", embedded::node_aws_client},
                    {"fivetran_sim_styles.cjs", embedded::node_styles}};
  runtime.aws_client = "npm install aws-lambda-ric";
  return make_handler_connector(target, options, std::move(setting), runtime, std::move(log));
}

}  // namespace connectors
