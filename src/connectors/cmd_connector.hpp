// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>

namespace connectors {

// Runs a program once a call, in the current folder: the request on stdin, the response on stdout,
// each line of stderr to `log`. A call fails when the program ends with another status than 0,
// outlives the time limit (`timed_out`) or writes more than the platform passes on
// (`response_too_large`); whatever it started is then killed with it.
base::Result<std::unique_ptr<core::Connector>> make_cmd_connector(const Target& target,
                                                                  const ConnectorOptions& options,
                                                                  core::LogSink log);

}  // namespace connectors
