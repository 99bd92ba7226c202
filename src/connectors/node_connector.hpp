// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>

namespace connectors {

// An unmodified Node handler, CommonJS or ES module, in one warm process of the node on PATH,
// called as AWS Lambda calls it. Error (environment): no node.
base::Result<std::unique_ptr<core::Connector>> make_node_connector(const Target& target,
                                                                   const ConnectorOptions& options,
                                                                   core::LogSink log);

}  // namespace connectors
