// SPDX-License-Identifier: Apache-2.0
// The part of AwsDoctor that looks at the role: its trust and what it may do.
#include "protocol/iam_check.hpp"
#include "protocol/iam_documents.hpp"
#include "workflows/aws_doctor.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace workflows {
namespace {

using connectors::AwsReply;
using nlohmann::json;
using protocol::TrustFacts;
using Status = connectors::HealthCheck::Status;

// A member that may stand some levels down; null where there is none.
json at(const json& document, std::initializer_list<const char*> path) {
  json value = document;
  for (const char* name : path) {
    if (!value.is_object() || !value.contains(name)) return {};
    json inner = value[name];
    value = std::move(inner);
  }
  return value;
}

json parsed(const AwsReply& reply) {
  return json::parse(reply.json, nullptr, false);
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string text_of(const json& document, const char* name) {
  const json value = at(document, {name});
  return value.is_string() ? value.get<std::string>() : "";
}

std::string_view grant_words(protocol::Grant grant) {
  switch (grant) {
    case protocol::Grant::allowed: return "allowed";
    case protocol::Grant::conditional: return "allowed under conditions";
    case protocol::Grant::denied: return "denied";
    case protocol::Grant::none: break;
  }
  return "not allowed";
}

// What is wrong with the trust, or empty.
std::string trust_fault(const TrustFacts& trust, const std::string& external_id) {
  if (!trust.bad_version.empty())
    return fmt::format("its version \"{}\" is none that AWS knows: it must be \"{}\"",
                       trust.bad_version, protocol::kPolicyVersion);
  if (!trust.fivetran)
    return fmt::format("Fivetran's account {} may not assume the role{}",
                       protocol::kFivetranAccount,
                       trust.other_accounts.empty()
                           ? ""
                           : fmt::format(" (it trusts {})", joined(trust.other_accounts)));
  if (!external_id.empty() && !protocol::accepts_external_id(trust, external_id))
    return fmt::format("it wants the external id {}, Fivetran gives {}", joined(trust.external_ids),
                       external_id);
  return {};
}

}  // namespace

void AwsDoctor::check_role() {
  const AwsReply reply = ask({"iam", "get-role", "--role-name", role_name_});
  if (reply.failure) {
    Check check = untold("role", *reply.failure, "iam:GetRole");
    if (connectors::is_absent(*reply.failure)) {
      role_exists_ = false;
      check.status = Status::absent;
      check.detail = role_arn_;
      check.advice = fmt::format(
          "fivetran-sim aws setup lambda:{} --external-id {} --role {}", needs_.name.function,
          needs_.aws.external_id.empty() ? "ID" : needs_.aws.external_id, role_name_);
    }
    return add(std::move(check));
  }
  const json role = at(parsed(reply), {"Role"});
  const std::string arn = text_of(role, "Arn");
  Check check{.subject = "role", .detail = role_arn_, .needed = true};
  if (!arn.empty() && arn != role_arn_) {
    check.status = Status::failed;
    check.detail = fmt::format("{} is asked for, {} is there", role_arn_, arn);
  } else if (needs_.aws.role_arn.empty()) {
    check.detail += "  (the function's own; another one: --role-arn)";
  }
  add(std::move(check));
  check_trust(at(role, {"AssumeRolePolicyDocument"}).dump());
}

void AwsDoctor::check_trust(const std::string& document) {
  const TrustFacts trust = protocol::read_trust(document);
  const std::string& id = needs_.aws.external_id;
  Check check{.subject = "trust", .needed = true};
  check.detail = trust_fault(trust, id);
  if (check.detail.empty() && !trust.lambda && role_arn_ == execution_role_)
    check.detail = "it is the function's own role and Lambda may not assume it";
  if (!check.detail.empty()) {
    check.status = Status::failed;
    check.advice = fmt::format(
        "fivetran-sim aws trust --external-id {} > trust.json; {}", id.empty() ? "ID" : id,
        connectors::cli_line({"iam", "update-assume-role-policy", "--role-name", role_name_,
                              "--policy-document", "file://trust.json"},
                             needs_.aws));
  } else if (trust.any_id) {
    check.needed = false;
    check.status = Status::failed;
    check.detail =
        "Fivetran's account may assume the role without an external id: so may other "
        "customers of Fivetran who know its name";
    check.advice = "add the condition that fivetran-sim aws trust prints";
  } else if (id.empty()) {
    check.detail = fmt::format(
        "Fivetran's account with the external id {} (check it with "
        "--external-id, as Fivetran's form shows it)",
        joined(trust.external_ids));
  } else {
    check.detail = fmt::format("Fivetran's account with the external id {}", id);
  }
  add(std::move(check));
}

std::optional<std::vector<std::string>> AwsDoctor::role_policies() {
  std::vector<std::string> documents;
  const AwsReply own = ask({"iam", "list-role-policies", "--role-name", role_name_});
  const AwsReply attached = ask({"iam", "list-attached-role-policies", "--role-name", role_name_});
  if (own.failure || attached.failure) return std::nullopt;
  for (const json& name : at(parsed(own), {"PolicyNames"})) {
    const AwsReply policy = ask({"iam", "get-role-policy", "--role-name", role_name_,
                                 "--policy-name", name.is_string() ? name.get<std::string>() : ""});
    if (policy.failure) return std::nullopt;
    documents.push_back(at(parsed(policy), {"PolicyDocument"}).dump());
  }
  for (const json& one : at(parsed(attached), {"AttachedPolicies"})) {
    const std::string arn = text_of(one, "PolicyArn");
    const AwsReply policy = ask({"iam", "get-policy", "--policy-arn", arn});
    const std::string version = text_of(at(parsed(policy), {"Policy"}), "DefaultVersionId");
    if (policy.failure || version.empty()) return std::nullopt;
    const AwsReply text =
        ask({"iam", "get-policy-version", "--policy-arn", arn, "--version-id", version});
    if (text.failure) return std::nullopt;
    documents.push_back(at(parsed(text), {"PolicyVersion", "Document"}).dump());
  }
  return documents;
}

void AwsDoctor::check_grants() {
  const std::string put =
      connectors::cli_line({"iam", "put-role-policy", "--role-name", role_name_, "--policy-name",
                            "fivetran-functions", "--policy-document", "file://policy.json"},
                           needs_.aws);
  std::string wanted = "fivetran-sim aws policy lambda:" + needs_.name.function;
  if (!needs_.bucket.empty()) wanted += " --sync-method s3 --bucket " + needs_.bucket;
  const std::string advice = fmt::format("{} > policy.json; {}", wanted, put);
  if (found_function()) check_grant("may call", "lambda:InvokeFunction", function_arn_, advice);
  if (needs_.bucket.empty()) return;
  const std::string objects =
      fmt::format("arn:{}:s3:::{}/fivetran-sim-probe", protocol::aws_partition(needs_.aws.region),
                  needs_.bucket);
  check_grant("may read", "s3:GetObject", objects, advice);
  check_grant("may write", "s3:PutObject", objects, advice);
}

void AwsDoctor::check_grant(const std::string& subject, const std::string& action,
                            const std::string& resource, const std::string& advice) {
  Check check{.subject = subject, .needed = true};
  const AwsReply simulated =
      ask({"iam", "simulate-principal-policy", "--policy-source-arn", role_arn_, "--action-names",
           action, "--resource-arns", resource});
  const json results = at(parsed(simulated), {"EvaluationResults"});
  if (!simulated.failure && results.is_array() && !results.empty()) {
    const std::string decision = text_of(results[0], "EvalDecision");
    check.detail = fmt::format("{} {} (policy simulation)", action, decision);
    if (decision != "allowed") {
      check.status = Status::failed;
      check.advice = advice;
    }
    return add(std::move(check));
  }
  const std::string unsimulated = simulated.failure && connectors::is_refused(*simulated.failure)
                                      ? "you may not simulate policies"
                                      : "policies could not be simulated";
  const auto documents = role_policies();
  if (!documents) {
    check.needed = false;
    check.status = Status::unknown;
    check.detail = fmt::format("{}, nor read those of the role", unsimulated);
    check.advice = "ask for iam:SimulatePrincipalPolicy, or iam:GetRolePolicy and iam:GetPolicy";
    return add(std::move(check));
  }
  const auto refused = std::ranges::find_if(*documents, [](const std::string& document) {
    return !protocol::refused_version(document).empty();
  });
  const protocol::Grant grant = protocol::read_grant(*documents, action, resource);
  check.detail = fmt::format("{} {}", action, grant_words(grant));
  const bool allowed = grant == protocol::Grant::allowed || grant == protocol::Grant::conditional;
  if (refused != documents->end())
    check.detail = fmt::format(
        "a policy has the version \"{}\", which AWS does not know: it must be "
        "\"{}\"",
        protocol::refused_version(*refused), protocol::kPolicyVersion);
  if (!allowed || refused != documents->end()) {
    check.status = Status::failed;
    check.advice = advice;
  }
  check.detail += fmt::format(" by the role's policies ({})", unsimulated);
  add(std::move(check));
}

void AwsDoctor::check_bucket() {
  const AwsReply reply = ask({"s3api", "head-bucket", "--bucket", needs_.bucket});
  Check check{.subject = "bucket", .detail = needs_.bucket, .needed = true};
  if (reply.failure && connectors::is_absent(*reply.failure)) {
    check.status = Status::absent;
    check.advice = connectors::cli_line({"s3", "mb", "s3://" + needs_.bucket}, needs_.aws);
  } else if (reply.failure) {
    check = untold("bucket", *reply.failure, "s3:ListBucket on " + needs_.bucket);
  }
  add(std::move(check));
}

}  // namespace workflows
