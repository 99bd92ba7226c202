// SPDX-License-Identifier: Apache-2.0
#include "protocol/iam_documents.hpp"
#include "workflows/aws_doctor.hpp"
#include "workflows/aws_setup.hpp"

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

using connectors::AwsFailure;
using connectors::AwsReply;
using connectors::HealthCheck;
using Status = HealthCheck::Status;

namespace {

const std::string kRole = "arn:aws:iam::123456789012:role/fivetran";
const AwsReply kDenied{"", AwsFailure{"AccessDenied", "not authorized"}};

// AWS as it has to be; a test changes what it is about. Keys are the CLI's actions.
struct Account {
  std::map<std::string, AwsReply> replies;
  std::vector<std::string> asked;

  Account() {
    function(900);
    replies["get-caller-identity"].json = R"({"Arn": "arn:aws:iam::123456789012:user/ann"})";
    trust(protocol::trust_policy("witty_walrus"));
    replies["simulate-principal-policy"].json =
        R"({"EvaluationResults": [{"EvalDecision": "allowed"}]})";
    replies["list-role-policies"].json = R"({"PolicyNames": ["p"]})";
    replies["list-attached-role-policies"].json = R"({"AttachedPolicies": []})";
    policy(protocol::permission_policy("*", "b", ""));
    replies["assume-role"].json = R"({"Credentials": {"SecretAccessKey": "do-not-print-me"}})";
  }
  void function(int timeout, const std::string& runtime = "python3.12") {
    replies["get-function-configuration"].json =
        R"({"FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:orders", "Runtime": ")" +
        runtime + R"(", "MemorySize": 512, "Timeout": )" + std::to_string(timeout) +
        R"(, "Role": ")" + kRole + R"("})";
  }
  void trust(const std::string& document) {
    replies["get-role"].json =
        R"({"Role": {"Arn": ")" + kRole + R"(", "AssumeRolePolicyDocument": )" + document + "}}";
  }
  void policy(const std::string& document) {
    replies["get-role-policy"].json = R"({"PolicyDocument": )" + document + "}";
  }
  std::vector<HealthCheck> examine(workflows::AwsNeeds needs) {
    if (needs.name.function.empty()) needs.name.function = "orders";
    workflows::AwsDoctor doctor(std::move(needs), [this](const std::vector<std::string>& words) {
      asked.push_back(words.at(1));
      return replies[words.at(1)];
    });
    return doctor.examine();
  }
  // The one check that is not ok.
  HealthCheck fault(workflows::AwsNeeds needs = {}) {
    if (needs.aws.external_id.empty()) needs.aws.external_id = "witty_walrus";
    std::vector<HealthCheck> faults;
    for (const HealthCheck& check : examine(std::move(needs))) {
      CHECK(check.detail.find("do-not-print-me") == std::string::npos);
      if (check.status != Status::ok) faults.push_back(check);
    }
    REQUIRE(faults.size() == 1);
    return faults[0];
  }
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

bool says(const HealthCheck& check, const char* subject, const char* text) {
  INFO(check.subject << ": " << check.detail);
  CHECK(check.subject == subject);
  CHECK(check.detail.find(text) != std::string::npos);
  return check.needed;
}

}  // namespace

TEST_CASE("an account that is as it has to be has no fault") {
  Account account;
  workflows::AwsNeeds needs{.bucket = "b", .time_budget = std::chrono::seconds(780)};
  needs.aws.external_id = "witty_walrus";
  const auto checks = account.examine(needs);
  CHECK(checks.size() == 13);
  for (const HealthCheck& check : checks) CHECK(check.status == Status::ok);
}

TEST_CASE("the function's time-out and runtime") {
  Account account;
  account.function(3);
  CHECK(says(account.fault(), "time-out", "3 s, Lambda's default"));
  account.function(600);
  const HealthCheck budget = account.fault({.time_budget = std::chrono::seconds(600)});
  CHECK(says(budget, "time-out", "not above the connector's own budget of 600 s"));
  CHECK(budget.advice ==
        "aws lambda update-function-configuration --function-name orders --timeout 900");
  account.function(900, "nodejs14.x");
  CHECK_FALSE(says(account.fault(), "runtime", "nodejs14.x is deprecated since 2023-12-04"));
  account.replies["get-function-configuration"].failure =
      AwsFailure{"ResourceNotFoundException", "Function not found: x"};
  workflows::AwsNeeds needs;
  needs.aws.role_arn = kRole;
  const HealthCheck absent = account.fault(needs);
  CHECK(says(absent, "function", "Function not found"));
  CHECK(absent.status == Status::absent);
}

TEST_CASE("the role and its trust") {
  Account account;
  const std::string good = protocol::trust_policy("witty_walrus");
  account.trust(replaced(good, "834469178297", "834469178279"));
  CHECK(says(account.fault(), "trust",
             "834469178297 may not assume the role (it trusts 834469178279)"));
  account.trust(replaced(good, "2012-10-17", "2022-07-13"));
  CHECK(says(account.fault(), "trust", "its version \"2022-07-13\" is none that AWS knows"));
  account.trust(replaced(good, "lambda.amazonaws.com", "ec2.amazonaws.com"));
  CHECK(says(account.fault(), "trust", "Lambda may not assume it"));
  account.trust(replaced(good, "sts:ExternalId", "aws:SourceIp"));
  CHECK_FALSE(says(account.fault(), "trust", "without an external id"));
  account.trust(good);
  workflows::AwsNeeds needs;
  needs.aws.external_id = "other_owl";
  CHECK(says(account.fault(needs), "trust",
             "wants the external id witty_walrus, Fivetran gives other_owl"));
  account.replies["get-role"] = kDenied;
  const HealthCheck denied = account.fault();
  CHECK_FALSE(says(denied, "role", "no permission for iam:GetRole"));
  CHECK(denied.status == Status::unknown);
  account.asked.clear();
  account.replies["get-role"] = {"", AwsFailure{"NoSuchEntity", "no role"}};
  const HealthCheck absent = account.fault();
  CHECK(says(absent, "role", kRole.c_str()));
  CHECK(absent.status == Status::absent);
  CHECK(absent.advice ==
        "fivetran-sim aws setup lambda:orders --external-id witty_walrus --role fivetran");
  CHECK(std::ranges::count(account.asked, "simulate-principal-policy") == 0);
}

TEST_CASE("the permission to call: by simulation, else by the role's policies, else unknown") {
  Account account;
  account.replies["simulate-principal-policy"].json =
      R"({"EvaluationResults": [{"EvalDecision": "implicitDeny"}]})";
  CHECK(
      says(account.fault(), "may call", "lambda:InvokeFunction implicitDeny (policy simulation)"));
  account.replies["simulate-principal-policy"] = kDenied;
  account.policy(protocol::permission_policy("arn:aws:lambda:*:*:function:others", "", ""));
  CHECK(says(account.fault(), "may call",
             "not allowed by the role's policies (you may not simulate"));
  account.policy(replaced(protocol::permission_policy("*", "", ""), "2012-10-17", "2022-07-13"));
  CHECK(says(account.fault(), "may call", "a policy has the version \"2022-07-13\""));
  account.replies["list-role-policies"] = kDenied;
  const HealthCheck unknown = account.fault();
  CHECK_FALSE(says(unknown, "may call", "nor read those of the role"));
  CHECK(unknown.status == Status::unknown);
  account.replies["list-role-policies"].failure.reset();
  account.replies["list-role-policies"].json = R"({"PolicyNames": []})";
  account.replies["list-attached-role-policies"].json =
      R"({"AttachedPolicies": [{"PolicyArn": "arn:aws:iam::aws:policy/x"}]})";
  account.replies["get-policy"].json = R"({"Policy": {"DefaultVersionId": "v2"}})";
  account.replies["get-policy-version"].json =
      R"({"PolicyVersion": {"Document": )" + protocol::permission_policy("*", "", "") + "}}";
  for (const HealthCheck& check : account.examine({})) CHECK(check.status == Status::ok);
}

TEST_CASE("the bucket, and what only Fivetran may do") {
  Account account;
  account.replies["head-bucket"] = {"", AwsFailure{"404", "Not Found"}};
  const HealthCheck absent = account.fault({.bucket = "b"});
  CHECK(absent.status == Status::absent);
  CHECK(absent.advice == "aws s3 mb s3://b");
  account.replies["head-bucket"] = {"", AwsFailure{"403", "Forbidden"}};
  CHECK_FALSE(
      says(account.fault({.bucket = "b"}), "bucket", "no permission for s3:ListBucket on b"));
  account.replies["assume-role"] = kDenied;
  CHECK_FALSE(says(account.fault(), "assume role", "your identity may not assume the role"));
}

TEST_CASE("what every question would meet is told once") {
  Account account;
  account.replies["get-caller-identity"].failure = AwsFailure{"NoCredentials", "none"};
  CHECK(says(account.fault(), "identity",
             "no AWS credentials were found (set AWS_PROFILE or --profile, or run aws configure)"));
  CHECK(account.asked.size() == 1);
}

TEST_CASE("set-up stops at the first failure and overwrites nothing unasked") {
  workflows::AwsSetupWish wish{.name = {.function = "orders"}, .role = "r", .bucket = "my-bucket"};
  wish.aws.external_id = "witty_walrus";
  wish.aws.region = "us-east-1";
  const auto steps = workflows::setup_steps(wish);
  REQUIRE(steps.size() == 3);
  CHECK(connectors::cli_line(steps[2].make, wish.aws) ==
        "aws s3api create-bucket --bucket my-bucket --region us-east-1");
  std::vector<std::string> ran, told;
  AwsReply role{"", AwsFailure{"NoSuchEntity", ""}};
  const auto apply = [&](bool replace) {
    ran.clear();
    told.clear();
    return workflows::apply_setup(
        steps, replace, wish.aws,
        [&](const std::vector<std::string>& words) -> AwsReply {
          ran.push_back(words[1]);
          if (words[1] == "get-role") return role;
          if (words[1] == "put-role-policy") return kDenied;
          if (words[1] == "get-role-policy") return {"", AwsFailure{"NoSuchEntity", ""}};
          return {};
        },
        [&](std::string_view line) { told.emplace_back(line); });
  };
  const auto stopped = apply(false);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().message ==
        "cannot make the policy fivetran-functions of the role: AccessDenied: not authorized");
  CHECK(ran ==
        std::vector<std::string>{"get-role", "create-role", "get-role-policy", "put-role-policy"});
  CHECK(told.at(0).starts_with("$ aws iam create-role --role-name r"));
  role = {R"({"Role": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}}})",
          {}};
  REQUIRE_FALSE(apply(false));
  CHECK(ran == std::vector<std::string>{"get-role"});
  REQUIRE_FALSE(apply(true));
  CHECK(ran.at(1) == "update-assume-role-policy");
  wish.role = "arn:aws:iam::1:role/x";
  CHECK_FALSE(workflows::check_names(wish));
}
