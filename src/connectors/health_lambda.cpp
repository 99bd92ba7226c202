// SPDX-License-Identifier: Apache-2.0
#include "connectors/health_lambda.hpp"

#include "connectors/aws_cli.hpp"
#include "connectors/aws_failure.hpp"
#include "connectors/lambda_invoker.hpp"

#include <chrono>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace connectors {
namespace {

using nlohmann::json;
using Status = HealthCheck::Status;

constexpr std::chrono::seconds kLongest{60};

// What the CLI printed as JSON, or a check that says why it could not.
json ask(const AwsCli& cli, const LambdaTarget& target, std::vector<std::string> words,
         HealthCheck& check) {
  const auto answer = cli.run(std::move(words), kLongest);
  check.status = Status::failed;
  if (!answer) {
    check.detail = answer.error().message;
    return {};
  }
  if (answer->exit_code != 0) {
    const AwsFailure failure = read_cli_failure(answer->errors);
    core::RawResponse ignored;
    const auto told = take_failure(failure, target.doing, target.aws, ignored);
    check.detail =
        told ? fmt::format("{} {}", failure.code, failure.message) : told.error().message;
    return {};
  }
  json document = json::parse(answer->output, nullptr, false);
  if (document.is_object()) check.status = Status::ok;
  return document;
}

std::string text_of(const json& document, const char* name) {
  const auto found = document.find(name);
  if (found == document.end() || found->is_null()) return "?";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

void add_identity(const AwsCli& cli, const LambdaTarget& target, std::vector<HealthCheck>& checks) {
  HealthCheck check{.subject = "identity", .needed = true};
  const json document = ask(cli, target, {"sts", "get-caller-identity"}, check);
  if (check.status == Status::ok) check.detail = text_of(document, "Arn");
  checks.push_back(std::move(check));
}

void add_function(const AwsCli& cli, const LambdaTarget& target, std::vector<HealthCheck>& checks) {
  std::vector<std::string> words{"lambda", "get-function-configuration", "--function-name",
                                 target.name.function};
  if (!target.name.qualifier.empty())
    words.insert(words.end(), {"--qualifier", target.name.qualifier});
  if (const std::string endpoint = lambda_endpoint(target.aws); !endpoint.empty())
    words.insert(words.end(), {"--endpoint-url", endpoint});
  HealthCheck check{.subject = "function", .needed = true};
  const json document = ask(cli, target, std::move(words), check);
  if (check.status == Status::ok)
    check.detail = fmt::format("{}, time-out {} s, memory {} MB", text_of(document, "Runtime"),
                               text_of(document, "Timeout"), text_of(document, "MemorySize"));
  checks.push_back(std::move(check));
}

}  // namespace

void check_lambda(const Target& target, const ConnectorOptions& options,
                  std::vector<HealthCheck>& checks) {
  const auto name = parse_lambda_name(target.function);
  if (!name) return;  // parse_target has refused it
  LambdaTarget lambda{*name, "cannot ask for " + target.text, options.aws};
  lambda.aws.region = wanted_region(lambda);
  const auto cli = AwsCli::find(lambda.doing, lambda.aws);
  checks.push_back({.subject = "AWS CLI",
                    .status = cli ? Status::ok : Status::absent,
                    .detail = cli ? fmt::format("version {}  ({})", cli->version(), cli->program())
                                  : cli.error().message,
                    .needed = options.aws.client == LambdaClient::cli});
  if (!cli) return;
  add_identity(*cli, lambda, checks);
  add_function(*cli, lambda, checks);
}

}  // namespace connectors
