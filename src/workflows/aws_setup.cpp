// SPDX-License-Identifier: Apache-2.0
#include "workflows/aws_setup.hpp"

#include "protocol/iam_documents.hpp"

#include <regex>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace workflows {
namespace {

using base::ErrorKind;
using base::fail;
using connectors::AwsReply;
using nlohmann::json;

constexpr const char* kPolicyName = "fivetran-functions";

// Documents go on a command line: without the line breaks of those that are printed.
std::string compact(const std::string& document) {
  return nlohmann::ordered_json::parse(document).dump();
}

base::Result<void> must_match(const std::string& text, const char* pattern, const char* what,
                              const char* rule) {
  if (std::regex_match(text, std::regex(pattern))) return {};
  return fail(ErrorKind::usage, fmt::format("cannot use the {} \"{}\": {}", what, text, rule));
}

// The document of what is there, null where it has none.
json document_of(const AwsSetupStep& step, const AwsReply& reply) {
  json value = json::parse(reply.json, nullptr, false);
  for (const std::string& name : step.document) {
    if (!value.is_object() || !value.contains(name)) return {};
    json inner = value[name];
    value = std::move(inner);
  }
  return value;
}

std::string told(const connectors::AwsFailure& failure, const connectors::AwsOptions& aws) {
  if (std::string text = connectors::hopeless(failure, aws); !text.empty()) return text;
  return failure.code.empty() ? failure.message
                              : fmt::format("{}: {}", failure.code, failure.message);
}

}  // namespace

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html,
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html,
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.
base::Result<void> check_names(const AwsSetupWish& wish) {
  if (!wish.role.empty())
    FSIM_TRY(must_match(wish.role, "[A-Za-z0-9_+=,.@-]{1,64}", "role",
                        "give its name only: up to 64 letters, digits and _+=,.@-"));
  if (!wish.aws.external_id.empty())
    FSIM_TRY(must_match(wish.aws.external_id, R"([A-Za-z0-9_+=,.@:/\-]{2,1224})", "external id",
                        "Fivetran's form shows it, two words like witty_walrus"));
  if (!wish.bucket.empty())
    FSIM_TRY(must_match(wish.bucket, "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "bucket",
                        "give its name only: 3 to 63 small letters, digits, dots and hyphens"));
  return {};
}

std::vector<AwsSetupStep> setup_steps(const AwsSetupWish& wish) {
  const std::string trust = compact(protocol::trust_policy(wish.aws.external_id));
  const std::string policy = compact(protocol::permission_policy(
      protocol::function_resource(wish.name.function, wish.name.qualifier, wish.aws.region),
      wish.bucket, wish.aws.region));
  std::vector<AwsSetupStep> steps;
  const std::vector<std::string> of_role{"--role-name", wish.role};
  const auto iam = [&of_role](const char* action, std::vector<std::string> more) {
    std::vector<std::string> words{"iam", action};
    words.insert(words.end(), of_role.begin(), of_role.end());
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  steps.push_back({.what = "role " + wish.role,
                   .look = iam("get-role", {}),
                   .document = {"Role", "AssumeRolePolicyDocument"},
                   .wanted = trust,
                   .make = iam("create-role", {"--assume-role-policy-document", trust}),
                   .replace = iam("update-assume-role-policy", {"--policy-document", trust})});
  const auto put =
      iam("put-role-policy", {"--policy-name", kPolicyName, "--policy-document", policy});
  steps.push_back({.what = fmt::format("policy {} of the role", kPolicyName),
                   .look = iam("get-role-policy", {"--policy-name", kPolicyName}),
                   .document = {"PolicyDocument"},
                   .wanted = policy,
                   .make = put,
                   .replace = put});
  if (wish.bucket.empty()) return steps;
  AwsSetupStep bucket{.what = "bucket " + wish.bucket,
                      .look = {"s3api", "head-bucket", "--bucket", wish.bucket},
                      .make = {"s3api", "create-bucket", "--bucket", wish.bucket}};
  // us-east-1 is the one region that may not be named here.
  if (!wish.aws.region.empty() && wish.aws.region != "us-east-1")
    bucket.make.insert(bucket.make.end(),
                       {"--create-bucket-configuration", "LocationConstraint=" + wish.aws.region});
  steps.push_back(std::move(bucket));
  return steps;
}

base::Result<void> apply_setup(const std::vector<AwsSetupStep>& steps, bool replace,
                               const connectors::AwsOptions& aws, const connectors::AskAws& ask,
                               const std::function<void(std::string_view line)>& tell) {
  for (const AwsSetupStep& step : steps) {
    const AwsReply there = ask(step.look);
    if (there.failure && !connectors::is_absent(*there.failure))
      return fail(ErrorKind::environment, fmt::format("cannot see whether the {} exists: {}",
                                                      step.what, told(*there.failure, aws)));
    std::vector<std::string> words = step.make;
    if (!there.failure) {
      if (step.wanted.empty() || document_of(step, there) == json::parse(step.wanted)) {
        tell(fmt::format("{}: exists already, as it has to be", step.what));
        continue;
      }
      if (!replace)
        return fail(ErrorKind::environment,
                    fmt::format("the {} exists already and is different; it was left as it is "
                                "(--replace gives it the new document: {})",
                                step.what, connectors::cli_line(step.replace, aws)));
      tell(fmt::format("{}: exists already and is different; its document is replaced", step.what));
      words = step.replace;
    }
    tell("$ " + connectors::cli_line(words, aws));
    if (const AwsReply done = ask(words); done.failure)
      return fail(ErrorKind::environment,
                  fmt::format("cannot make the {}: {}", step.what, told(*done.failure, aws)));
    tell(fmt::format("{}: done", step.what));
  }
  return {};
}

}  // namespace workflows
