// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>

namespace connectors {

// What plays a target. Each line that it prints goes to `log`, possibly from another thread, as
// long as the connector lives. Nothing is started before the first call. Error: see the make_
// function of each kind of target.
base::Result<std::unique_ptr<core::Connector>> make_connector(const Target& target,
                                                              const ConnectorOptions& options,
                                                              core::LogSink log);

}  // namespace connectors
