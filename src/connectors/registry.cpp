// SPDX-License-Identifier: Apache-2.0
#include "connectors/registry.hpp"

#include "connectors/bucket_connector.hpp"
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

Made make_plain(const Target& target, const ConnectorOptions& options, core::LogSink log) {
  for (const Entry& entry : kRegistry)
    if (entry.kind == target.kind) return entry.make(target, options, std::move(log));
  return base::fail(base::ErrorKind::internal, "no connector is registered for " + target.text);
}

bool is_remote(const Target& target) {
  return target.kind == TargetKind::lambda || target.kind == TargetKind::http;
}

}  // namespace

Made make_connector(const Target& target, const ConnectorOptions& options, core::LogSink log) {
  // The files of a scenario play the bucket.
  if (!options.through_bucket || target.kind == TargetKind::scenario)
    return make_plain(target, options, std::move(log));
  ConnectorOptions with_endpoint = options;
  std::unique_ptr<BucketReader> reader;
  if (is_remote(target)) {
    FSIM_ASSIGN(reader, make_aws_bucket(target, options.aws));
  } else {
    FSIM_ASSIGN(reader, make_local_bucket(with_endpoint));
  }
  FSIM_ASSIGN(auto connector, make_plain(target, with_endpoint, std::move(log)));
  return with_bucket(std::move(connector), std::move(reader));
}

}  // namespace connectors
