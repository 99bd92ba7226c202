// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/aws_ask.hpp"
#include "connectors/aws_options.hpp"
#include "connectors/health.hpp"
#include "connectors/lambda_name.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace workflows {

// A deployed function and how Fivetran will be told to reach it.
struct AwsNeeds {
  connectors::LambdaName name;
  connectors::AwsOptions aws;  // role_arn and external_id are those of Fivetran's form
  std::string bucket;          // set: the sync goes through it
  // How long the connector means to work in one call before it answers with hasMore; none: not
  // told.
  std::optional<std::chrono::seconds> time_budget;
};

// Whether AWS is as Fivetran will need it: the function, its region, runtime, time-out and memory,
// the role and its trust, the permission to call, the bucket, and whether the role can be assumed.
// Asks questions only, changes nothing, calls no function.
class AwsDoctor {
 public:
  AwsDoctor(AwsNeeds needs, connectors::AskAws ask);

  // The checks in order. Where one kind of failure would meet every question (no credentials), only
  // the first tells it.
  std::vector<connectors::HealthCheck> examine();

  // After examine: the function was found, and whether the role could be assumed by us.
  bool found_function() const noexcept { return !function_arn_.empty(); }
  bool assumed_role() const noexcept { return assumed_; }

 private:
  using Check = connectors::HealthCheck;
  connectors::AwsReply ask(const std::vector<std::string>& words) { return ask_(words); }
  // A check for what AWS did not tell: absent, unknown where asking was denied, else failed.
  Check untold(const std::string& subject, const connectors::AwsFailure& failure,
               const std::string& action) const;
  void add(Check check) { checks_.push_back(std::move(check)); }

  bool check_identity();
  void check_function();
  void check_configuration(const std::string& configuration);
  void check_role();
  void check_trust(const std::string& document);
  void check_grants();
  void check_grant(const std::string& subject, const std::string& action,
                   const std::string& resource, const std::string& advice);
  void check_bucket();
  void check_assuming();
  // The policies of the role, read once; none when asking was denied.
  std::optional<std::vector<std::string>> role_policies();

  AwsNeeds needs_;
  connectors::AskAws ask_;
  std::vector<Check> checks_;
  std::string function_arn_, execution_role_, role_arn_, role_name_;
  bool role_exists_ = true, assumed_ = false;
};

// "fivetran" of "arn:aws:iam::123456789012:role/path/fivetran"; empty: no ARN of a role.
std::string role_name_of(std::string_view role_arn);

// The date from which AWS calls a runtime deprecated, "2025-12-15", or empty:
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html. Only dates that are past.
std::string_view deprecated_since(std::string_view runtime);

}  // namespace workflows
