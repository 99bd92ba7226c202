// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <vector>

namespace connectors {

// Where an AWS service is, in the parts that signing needs.
struct AwsEndpoint {
  std::string origin;             // "https://lambda.eu-central-1.amazonaws.com"
  std::string host;               // with the port unless it is the scheme's own
  std::vector<std::string> path;  // segments in front of the service's own
};

// Error (usage): no http or https URL.
base::Result<AwsEndpoint> split_endpoint(const std::string& url);

}  // namespace connectors
