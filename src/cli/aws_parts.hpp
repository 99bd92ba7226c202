// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "connectors/aws_options.hpp"
#include "connectors/lambda_name.hpp"
#include "core/report.hpp"

#include <string>

namespace cli {

// The actions of `aws`, a file each.
base::Result<core::ExitCode> print_policy(const Arguments& args);
base::Result<core::ExitCode> print_trust(const Arguments& args);
base::Result<core::ExitCode> print_connection(const Arguments& args);
base::Result<core::ExitCode> aws_setup(const Arguments& args);
base::Result<core::ExitCode> aws_doctor(const Arguments& args);

// The function that was named. Error (usage): none, or no Lambda function.
base::Result<connectors::LambdaName> function_of(const Arguments& args);
// How AWS is reached, with the region that the function's ARN or the environment names.
connectors::AwsOptions place_of(const Arguments& args, const connectors::LambdaName& name);
// The bucket of a sync through S3, else empty. Error (usage): --sync-method s3 without one.
base::Result<std::string> named_bucket(const Arguments& args);
// Something to know beside the result, on stderr.
void hint(const Arguments& args, const std::string& text);

}  // namespace cli
