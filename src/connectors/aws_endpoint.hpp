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

// What the environment names for a service ("LAMBDA", "S3", "STS") as AWS's tools read it:
// AWS_ENDPOINT_URL_<service>, else AWS_ENDPOINT_URL; empty: nothing. CLIs before 1.29 and 2.13 do
// not read these themselves.
std::string endpoint_in_environment(const std::string& service);

// Error (usage): no http or https URL.
base::Result<AwsEndpoint> split_endpoint(const std::string& url);

}  // namespace connectors
