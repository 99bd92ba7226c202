// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/health.hpp"

#include <vector>

namespace connectors {

// For lambda: targets: the AWS CLI, the identity that it uses, and the function's configuration,
// all asked through the CLI. The function is not called.
void check_lambda(const Target& target, const ConnectorOptions& options,
                  std::vector<HealthCheck>& checks);

}  // namespace connectors
