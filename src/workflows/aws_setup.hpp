// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/aws_ask.hpp"
#include "connectors/aws_options.hpp"
#include "connectors/lambda_name.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace workflows {

struct AwsSetupWish {
  connectors::LambdaName name;
  connectors::AwsOptions aws;  // external_id: that of Fivetran's form
  std::string role;            // the name of the role to make
  std::string bucket;          // set: the sync goes through it
};

// One thing that has to be there.
struct AwsSetupStep {
  std::string what;                   // "role fivetran-functions"
  std::vector<std::string> look;      // shows it when it is there
  std::vector<std::string> document;  // the path to its document in that answer; empty: it has none
  std::string wanted;                 // that document
  std::vector<std::string> make;      // makes it
  std::vector<std::string> replace;   // gives an existing one the wanted document
};

// Error (usage): a role, external id or bucket that AWS would not take.
base::Result<void> check_names(const AwsSetupWish& wish);

// What has to be done, in order: the role with its trust, what it may do, the bucket.
std::vector<AwsSetupStep> setup_steps(const AwsSetupWish& wish);

// Does it, telling each command before it runs and what is there already. What is there and
// different is changed only with `replace`. Error (environment): the first step that failed, or
// that found something different; the steps before stay done.
base::Result<void> apply_setup(const std::vector<AwsSetupStep>& steps, bool replace,
                               const connectors::AwsOptions& aws, const connectors::AskAws& ask,
                               const std::function<void(std::string_view line)>& tell);

}  // namespace workflows
