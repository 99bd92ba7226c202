// SPDX-License-Identifier: Apache-2.0
#include "base/http_client.hpp"
#include "connectors/aws_credentials.hpp"
#include "connectors/aws_endpoint.hpp"
#include "connectors/aws_profile.hpp"
#include "connectors/lambda_invoker.hpp"
#include "connectors/lambda_log.hpp"
#include "protocol/request.hpp"

#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace connectors {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;
using nlohmann::json;

constexpr std::chrono::seconds kReadSlack{10};

// The region that was asked for, else the profile's; empty: there is none.
std::string region_for(const LambdaTarget& target) {
  if (std::string region = wanted_region(target); !region.empty()) return region;
  const AwsProfile profile = read_aws_profile(aws_profile_name(target.aws.profile));
  const auto found = profile.find("region");
  return found == profile.end() ? "" : found->second;
}

// The error of an answer other than 200: its code in a header, its message in the body.
AwsFailure refusal(const base::HttpAnswer& answer) {
  std::string code(answer.header("x-amzn-ErrorType"));
  if (const auto colon = code.find(':'); colon != code.npos) code.erase(colon);
  const json document = json::parse(answer.body.view(), nullptr, false);
  std::string message;
  for (const char* name : {"message", "Message"})
    if (document.is_object() && document.contains(name) && document[name].is_string())
      message = document[name].get<std::string>();
  if (code.empty() && answer.status == 429) code = "TooManyRequestsException";
  if (code.empty()) code = fmt::format("HTTP {}", answer.status);
  return {code, message};
}

class DirectInvoker final : public LambdaInvoker {
 public:
  DirectInvoker(LambdaTarget target, std::string region, AwsEndpoint endpoint)
      : target_(std::move(target)), region_(std::move(region)), endpoint_(std::move(endpoint)) {}

  Result<std::optional<AwsFailure>> invoke(const core::Call& call, core::RawResponse& raw,
                                           LogTail& log, const base::Bell& stop) override {
    FSIM_TRY(refresh_key());
    AwsRequest request{.host = endpoint_.host, .path = endpoint_.path, .body = call.body};
    for (const char* part : {"2015-03-31", "functions"}) request.path.emplace_back(part);
    request.path.push_back(target_.name.function);
    request.path.emplace_back("invocations");
    if (!target_.name.qualifier.empty())
      request.query.emplace_back("Qualifier", target_.name.qualifier);
    request.headers = {{"Content-Type", "application/json"}, {"X-Amz-Log-Type", "Tail"}};
    const auto now =
        std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    base::HttpCall http;
    http.url = endpoint_.origin + request_target(request);
    http.headers = signed_headers(request, {region_, "lambda", now}, key_->key);
    http.body = call.body;
    http.timeout = call.timeout + kReadSlack;
    http.stop = &stop;
    const auto start = std::chrono::steady_clock::now();
    FSIM_ASSIGN(base::HttpAnswer answer, client_.send(http));
    raw.duration = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    return taken(std::move(answer), raw, log);
  }

 private:
  Result<void> refresh_key() {
    if (key_ && key_->usable()) return {};
    FSIM_ASSIGN(key_, find_key(target_.doing, target_.aws));
    if (target_.aws.role_arn.empty()) return {};
    FSIM_ASSIGN(key_,
                assume_role_directly(target_.doing, target_.aws, region_, key_->key, client_));
    return {};
  }

  static std::optional<AwsFailure> taken(base::HttpAnswer answer, core::RawResponse& raw,
                                         LogTail& log) {
    using base::HttpFailure;
    switch (answer.failure) {
      case HttpFailure::none: break;
      case HttpFailure::could_not_connect:
      case HttpFailure::tls: return AwsFailure{"CannotConnect", answer.failure_text};
      case HttpFailure::timed_out: return AwsFailure{"ReadTimeout", answer.failure_text};
      case HttpFailure::broken: return AwsFailure{"ConnectionLost", answer.failure_text};
      case HttpFailure::stopped: return std::nullopt;
    }
    raw.request_id = answer.header("x-amzn-RequestId");
    if (answer.status != 200) return refusal(answer);
    raw.executed_version = answer.header("X-Amz-Executed-Version");
    const bool failed = !answer.header("X-Amz-Function-Error").empty();
    take_log_tail(answer.header("X-Amz-Log-Result"), log, raw);
    raw.body = std::move(answer.body);
    if (failed) take_function_error(raw);
    return std::nullopt;
  }

  LambdaTarget target_;
  std::string region_;
  AwsEndpoint endpoint_;
  base::HttpClient client_;
  std::optional<TimedKey> key_;
};

}  // namespace

Result<std::unique_ptr<LambdaInvoker>> make_direct_invoker(LambdaTarget target) {
  std::string region = region_for(target);
  if (region.empty())
    return fail(
        ErrorKind::environment,
        fmt::format("{}: no AWS region is set (give --region, or set AWS_REGION)", target.doing));
  std::string url = lambda_endpoint(target.aws);
  if (url.empty())
    url = fmt::format("https://lambda.{}.amazonaws.com{}", region,
                      region.starts_with("cn-") ? ".cn" : "");
  FSIM_ASSIGN(AwsEndpoint endpoint, split_endpoint(url));
  return std::make_unique<DirectInvoker>(std::move(target), std::move(region), std::move(endpoint));
}

}  // namespace connectors
