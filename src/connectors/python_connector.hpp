// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>

namespace connectors {

// An unmodified Python handler in one warm process of the user's own interpreter (see find_python),
// called as AWS Lambda calls it. Error: no interpreter (environment), --python names none (usage).
base::Result<std::unique_ptr<core::Connector>> make_python_connector(
    const Target& target, const ConnectorOptions& options, core::LogSink log);

}  // namespace connectors
