// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>

namespace connectors {

// A deployed Lambda function, called synchronously as Fivetran calls it. Refused for too many
// requests, which says that it did not run, a call is made again up to four times with growing
// pauses, each told in the log; no other call is ever repeated. Errors: see make_cli_invoker and
// make_direct_invoker; of a call: see take_failure.
base::Result<std::unique_ptr<core::Connector>> make_lambda_connector(
    const Target& target, const ConnectorOptions& options, core::LogSink log);

}  // namespace connectors
