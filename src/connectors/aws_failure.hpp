// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/aws_options.hpp"
#include "core/raw_response.hpp"

#include <string>
#include <string_view>

namespace connectors {

// Why a request to AWS was refused or not answered: AWS's error code ("AccessDeniedException"), or
// a code of ours for what its CLI says without one: NoCredentials, NoRegion, NoProfile, SsoLogin,
// CannotConnect, ReadTimeout, ConnectionLost. An empty code: not understood, `message` has it all.
struct AwsFailure {
  std::string code, message;
};

// Reads what the AWS CLI, version 1 or 2, printed on stderr.
AwsFailure read_cli_failure(std::string_view printed);

// Whether AWS surely did not run the function and asks to come again later.
bool is_throttled(const AwsFailure& failure);

// Takes the failure into `raw` when it is one that a sync would show (throttled, too large, timed
// out, a fault of the service), else gives the Error that tells the user what to do: environment
// for credentials, permissions and connections, usage for a function or profile that is not there.
// `doing`: "cannot call lambda:orders".
base::Result<void> take_failure(const AwsFailure& failure, std::string_view doing,
                                const AwsOptions& aws, core::RawResponse& raw);

}  // namespace connectors
