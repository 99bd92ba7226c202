// SPDX-License-Identifier: Apache-2.0
#include "connectors/aws_ask.hpp"

#include "base/text.hpp"
#include "connectors/aws_endpoint.hpp"
#include "connectors/lambda_invoker.hpp"
#include "core/raw_response.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace connectors {
namespace {

constexpr std::chrono::seconds kLongest{60};

std::string endpoint_for(std::string_view service, const AwsOptions& aws) {
  if (service == "lambda") return lambda_endpoint(aws);
  if (service == "sts") return endpoint_in_environment("STS");
  if (service == "iam") return endpoint_in_environment("IAM");
  const std::string s3 = endpoint_in_environment("S3");
  return s3.empty() ? aws.endpoint_url : s3;
}

bool is_one_of(const AwsFailure& failure, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, failure.code) != codes.end();
}

}  // namespace

AskAws ask_through(const AwsCli& cli, const AwsOptions& aws) {
  return [cli, aws](const std::vector<std::string>& words) -> AwsReply {
    std::vector<std::string> all = words;
    if (const std::string endpoint = endpoint_for(words.front(), aws); !endpoint.empty())
      all.insert(all.end(), {"--endpoint-url", endpoint});
    const auto answer = cli.run(std::move(all), kLongest);
    if (!answer) return {{}, AwsFailure{"", answer.error().message}};
    if (answer->timed_out)
      return {{},
              AwsFailure{"ReadTimeout", fmt::format("no answer within {} s", kLongest.count())}};
    if (answer->exit_code != 0) return {{}, read_cli_failure(answer->errors)};
    return {answer->output, std::nullopt};
  };
}

std::string cli_line(const std::vector<std::string>& words, const AwsOptions& aws) {
  std::string line = "aws";
  const auto add = [&line](std::string_view word) {
    line.append(" ").append(base::shell_quoted(word));
  };
  for (const std::string& word : words) add(word);
  if (!aws.profile.empty()) add("--profile"), add(aws.profile);
  if (!aws.region.empty() && words.front() != "iam") add("--region"), add(aws.region);
  return line;
}

bool is_absent(const AwsFailure& failure) {
  return is_one_of(
      failure, {"NoSuchEntity", "ResourceNotFoundException", "404", "NoSuchBucket", "NotFound"});
}

bool is_refused(const AwsFailure& failure) {
  return is_one_of(failure, {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation",
                             "403", "Forbidden", "AuthorizationError"});
}

std::string hopeless(const AwsFailure& failure, const AwsOptions& aws) {
  const bool ours = is_absent(failure) || is_refused(failure);
  core::RawResponse ignored;
  const auto told = take_failure(failure, "", aws, ignored);
  return ours || told ? std::string() : told.error().message.substr(2);  // behind "DOING: "
}

}  // namespace connectors
