// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>

namespace connectors {

// An unmodified Lambda executable (`runtime:`): a program in whatever language that asks the
// Runtime API for work, as Lambda's provided.* runtimes start it. Its environment is that of a
// Lambda function; _HANDLER is the program's name unless the user gives another.
// Error (environment): no temporary folder.
base::Result<std::unique_ptr<core::Connector>> make_program_connector(
    const Target& target, const ConnectorOptions& options, core::LogSink log);

}  // namespace connectors
