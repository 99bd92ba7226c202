// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace connectors {

// What calls a deployed function.
enum class LambdaClient {
  cli,     // the AWS CLI, one process a call
  direct,  // our own signed requests over one kept connection
};

// How AWS is reached, in the words of its CLI; empty: what its own settings say.
struct AwsOptions {
  LambdaClient client = LambdaClient::cli;
  std::string profile, region, endpoint_url;
  // The role that is assumed for the call, as Fivetran does, and the external id sent with it.
  std::string role_arn, external_id;
};

}  // namespace connectors
