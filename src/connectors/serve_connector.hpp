// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>

namespace connectors {

// A local function server (functions-framework, func start, an Express app): the first call starts
// it on a free port, which takes the place of {port} in its command and stands in PORT, waits until
// it listens there and posts to it as make_http_connector does; a server that ended is started
// again by the next call. What it prints is log. It ends with this object, and all that it started
// with it. Errors of a call (environment): it cannot be started, ends before it listens, or does
// not listen in time.
base::Result<std::unique_ptr<core::Connector>> make_serve_connector(const Target& target,
                                                                    const ConnectorOptions& options,
                                                                    core::LogSink log);

}  // namespace connectors
