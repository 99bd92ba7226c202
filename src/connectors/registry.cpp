// SPDX-License-Identifier: Apache-2.0
#include "connectors/registry.hpp"

#include "connectors/cmd_connector.hpp"
#include "connectors/http_connector.hpp"
#include "connectors/lambda_connector.hpp"
#include "connectors/node_connector.hpp"
#include "connectors/program_connector.hpp"
#include "connectors/python_connector.hpp"
#include "connectors/scenario_connector.hpp"
#include "connectors/serve_connector.hpp"

#include <utility>

namespace connectors {
namespace {

using Made = base::Result<std::unique_ptr<core::Connector>>;

Made make_scenario(const Target& target, const ConnectorOptions&, core::LogSink log) {
  return make_scenario_connector(target, std::move(log));
}

// Nothing that a remote function prints comes here.
Made make_http(const Target& target, const ConnectorOptions& options,
               core::LogSink) {  // NOLINT(performance-unnecessary-value-param): one type for all
  return make_http_connector(target, options);
}

struct Entry {
  TargetKind kind;
  Made (*make)(const Target&, const ConnectorOptions&, core::LogSink);
};

constexpr Entry kRegistry[] = {
    {TargetKind::command, make_cmd_connector},
    {TargetKind::python, make_python_connector},
    {TargetKind::node, make_node_connector},
    {TargetKind::runtime, make_program_connector},
    {TargetKind::scenario, make_scenario},
    {TargetKind::lambda, make_lambda_connector},
    {TargetKind::http, make_http},
    {TargetKind::serve, make_serve_connector},
};

}  // namespace

Made make_connector(const Target& target, const ConnectorOptions& options, core::LogSink log) {
  for (const Entry& entry : kRegistry)
    if (entry.kind == target.kind) return entry.make(target, options, std::move(log));
  return base::fail(base::ErrorKind::internal, "no connector is registered for " + target.text);
}

}  // namespace connectors
