// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "connectors/aws_cli.hpp"
#include "connectors/aws_credentials.hpp"
#include "connectors/aws_endpoint.hpp"
#include "connectors/lambda_invoker.hpp"
#include "connectors/lambda_log.hpp"
#include "connectors/scratch_folder.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

namespace connectors {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

// The function's own limit ends a call; ours must lie behind it, or a slow answer is lost.
constexpr std::chrono::seconds kReadSlack{10}, kProcessSlack{60};

class CliInvoker final : public LambdaInvoker {
 public:
  CliInvoker(LambdaTarget target, AwsCli cli, ScratchFolder scratch)
      : target_(std::move(target)), cli_(std::move(cli)), scratch_(std::move(scratch)) {}

  Result<std::optional<AwsFailure>> invoke(const core::Call& call, core::RawResponse& raw,
                                           LogTail& log, const base::Bell& stop) override {
    FSIM_TRY(refresh_role());
    FSIM_ASSIGN(const std::filesystem::path request, scratch_.write("request.json", call.body));
    // A name that was never used: the CLI leaves the file alone when it fails, and an older answer
    // must not be taken for this one.
    const std::filesystem::path response =
        scratch_.path() / fmt::format("response-{}.json", ++calls_);
    const auto start = std::chrono::steady_clock::now();
    FSIM_ASSIGN(const CliAnswer answer,
                cli_.run(words(request, response, call.timeout), call.timeout + kProcessSlack,
                         role_ ? std::optional(role_->key) : std::nullopt, &stop));
    raw.duration = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    std::error_code ignored;
    std::filesystem::remove(request, ignored);
    if (answer.stopped) return std::nullopt;
    if (answer.timed_out) return AwsFailure{"ReadTimeout", "the AWS CLI did not end in time"};
    if (answer.exit_code != 0) return read_cli_failure(answer.errors);
    FSIM_TRY(take_answer(answer.output, response, raw, log));
    return std::nullopt;
  }

 private:
  Result<void> refresh_role() {
    if (target_.aws.role_arn.empty() || (role_ && role_->usable())) return {};
    FSIM_ASSIGN(role_, assume_role_by_cli(target_.doing, target_.aws));
    return {};
  }

  std::vector<std::string> words(const std::filesystem::path& request,
                                 const std::filesystem::path& response,
                                 std::chrono::milliseconds timeout) const {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(timeout + kReadSlack).count();
    std::vector<std::string> words{"lambda",
                                   "invoke",
                                   "--function-name",
                                   target_.name.function,
                                   "--payload",
                                   "fileb://" + request.string(),
                                   "--log-type",
                                   "Tail",
                                   "--cli-read-timeout",
                                   std::to_string(seconds),
                                   "--cli-connect-timeout",
                                   "10"};
    if (!target_.name.qualifier.empty())
      words.insert(words.end(), {"--qualifier", target_.name.qualifier});
    if (const std::string endpoint = lambda_endpoint(target_.aws); !endpoint.empty())
      words.insert(words.end(), {"--endpoint-url", endpoint});
    if (!cli_.is_v1()) words.insert(words.end(), {"--cli-binary-format", "raw-in-base64-out"});
    words.push_back(response.string());
    return words;
  }

  Result<void> take_answer(const std::string& output, const std::filesystem::path& file,
                           core::RawResponse& raw, LogTail& log) const {
    const Result<std::string> body = base::read_file(file.string());
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    raw.body = base::PaddedBuffer(body ? std::string_view(*body) : std::string_view());
    if (!take_cli_document(output, log, raw))
      return fail(ErrorKind::environment,
                  fmt::format("{}: {} printed no JSON document (check `aws configure`: a setting "
                              "may change its output)",
                              target_.doing, cli_.program()));
    if (!body) return tl::unexpected(body.error());
    return {};
  }

  LambdaTarget target_;
  AwsCli cli_;
  ScratchFolder scratch_;
  std::optional<TimedKey> role_;
  std::uint64_t calls_ = 0;
};

}  // namespace

std::string lambda_endpoint(const AwsOptions& aws) {
  return aws.endpoint_url.empty() ? endpoint_in_environment("LAMBDA") : aws.endpoint_url;
}

std::string wanted_region(const LambdaTarget& target) {
  if (!target.aws.region.empty()) return target.aws.region;
  if (!target.name.region.empty()) return target.name.region;
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  return {};
}

Result<std::unique_ptr<LambdaInvoker>> make_cli_invoker(LambdaTarget target) {
  target.aws.region = wanted_region(target);
  FSIM_ASSIGN(AwsCli cli, AwsCli::find(target.doing, target.aws));
  FSIM_ASSIGN(ScratchFolder scratch, ScratchFolder::make());
  return std::make_unique<CliInvoker>(std::move(target), std::move(cli), std::move(scratch));
}

}  // namespace connectors
