// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/aws_cli.hpp"
#include "connectors/aws_failure.hpp"
#include "connectors/aws_options.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connectors {

// What AWS said to one command of its CLI.
struct AwsReply {
  std::string json;                   // what it printed; may be empty
  std::optional<AwsFailure> failure;  // set: it refused, or could not be asked
};

// Runs `aws WORDS…`, whose first word is the service: {"iam", "get-role", …}.
using AskAws = std::function<AwsReply(const std::vector<std::string>& words)>;

// Asks through this CLI, at the endpoint that the options or the environment name for the service
// (CLIs before 1.29 and 2.13 do not read these variables themselves).
AskAws ask_through(const AwsCli& cli, const AwsOptions& aws);

// The words as the user would type them, profile and region included.
std::string cli_line(const std::vector<std::string>& words, const AwsOptions& aws);

// Whether AWS knows no such thing, and whether the identity may not ask.
bool is_absent(const AwsFailure& failure);
bool is_refused(const AwsFailure& failure);

// What is wrong and what to do, in one line, for failures that every further question would meet as
// well: no credentials, expired or unknown ones, no region, no connection. Empty for others.
std::string hopeless(const AwsFailure& failure, const AwsOptions& aws);

}  // namespace connectors
