// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>

namespace connectors {

// A function behind a URL, called as Fivetran calls Google's and Azure's: one POST of the request
// as application/json over a kept connection, never sent twice, redirects not followed,
// certificates checked. Errors of a call (environment): no connection at the first call, a
// certificate that is not trusted, no token from --auth-command.
base::Result<std::unique_ptr<core::Connector>> make_http_connector(const Target& target,
                                                                   const ConnectorOptions& options);

}  // namespace connectors
