// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "connectors/aws_cli.hpp"
#include "connectors/aws_credentials.hpp"
#include "connectors/aws_endpoint.hpp"
#include "connectors/aws_failure.hpp"
#include "connectors/bucket_connector.hpp"
#include "connectors/lambda_invoker.hpp"
#include "connectors/scratch_folder.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace connectors {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

constexpr std::chrono::seconds kReadTime{300}, kLatePatience{3};

std::string s3_endpoint(const AwsOptions& aws) {
  const std::string named = endpoint_in_environment("S3");
  return named.empty() ? aws.endpoint_url : named;
}

class AwsBucket final : public BucketReader {
 public:
  AwsBucket(AwsOptions aws, AwsCli cli, ScratchFolder scratch)
      : aws_(std::move(aws)), cli_(std::move(cli)), scratch_(std::move(scratch)) {}

  void begin_call() override {}

  Result<core::BucketFile> read(std::string_view bucket, std::string_view file) override {
    core::BucketFile found;
    FSIM_ASSIGN(bool there, get(bucket, file, found.bytes));
    if (there) {
      found.arrival = core::BucketFile::Arrival::in_time;
      return found;
    }
    std::this_thread::sleep_for(kLatePatience);
    FSIM_ASSIGN(there, get(bucket, file, found.bytes));
    if (there) found.arrival = core::BucketFile::Arrival::late;
    return found;
  }

 private:
  // False: there is no such object.
  Result<bool> get(std::string_view bucket, std::string_view key, base::PaddedBuffer& bytes) {
    const std::string doing = fmt::format("cannot read s3://{}/{}", bucket, key);
    if (!aws_.role_arn.empty() && !(role_ && role_->usable())) {
      FSIM_ASSIGN(role_, assume_role_by_cli(doing, aws_));
    }
    const std::filesystem::path file = scratch_.path() / "object.json";
    std::vector<std::string> words{"s3api", "get-object",    "--bucket", std::string(bucket),
                                   "--key", std::string(key)};
    if (const std::string endpoint = s3_endpoint(aws_); !endpoint.empty())
      words.insert(words.end(), {"--endpoint-url", endpoint});
    words.push_back(file.string());
    FSIM_ASSIGN(const CliAnswer answer, cli_.run(std::move(words), kReadTime,
                                                 role_ ? std::optional(role_->key) : std::nullopt));
    if (answer.timed_out)
      return fail(ErrorKind::environment,
                  fmt::format("{}: the AWS CLI gave no answer within {} s (check the network)",
                              doing, kReadTime.count()));
    if (answer.exit_code != 0) return refused(read_cli_failure(answer.errors), doing, bucket);
    FSIM_ASSIGN(const std::string content, base::read_file(file.string()));
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    bytes = base::PaddedBuffer(content);
    return true;
  }

  Result<bool> refused(const AwsFailure& failure, const std::string& doing,
                       std::string_view bucket) const {
    if (failure.code == "NoSuchKey" || failure.code == "404") return false;
    if (failure.code == "NoSuchBucket")
      return fail(ErrorKind::usage,
                  fmt::format("{}: there is no bucket {} (check --bucket, --region and --profile)",
                              doing, bucket));
    if (failure.code == "AccessDenied")
      return fail(ErrorKind::environment,
                  fmt::format("{}: access is denied (the identity needs s3:GetObject on "
                              "arn:aws:s3:::{}/*, and s3:ListBucket to tell a missing object)",
                              doing, bucket));
    core::RawResponse raw;
    FSIM_TRY(take_failure(failure, doing, aws_, raw));
    return fail(ErrorKind::environment,
                fmt::format("{}: {} {} (try the same with aws s3api get-object)", doing,
                            failure.code, failure.message));
  }

  AwsOptions aws_;
  AwsCli cli_;
  ScratchFolder scratch_;
  std::optional<TimedKey> role_;
};

}  // namespace

Result<std::unique_ptr<BucketReader>> make_aws_bucket(const Target& target, const AwsOptions& aws) {
  const std::string doing = fmt::format("cannot read the bucket of {}", target.text);
  FSIM_ASSIGN(AwsCli cli, AwsCli::find(doing, aws));
  FSIM_ASSIGN(ScratchFolder scratch, ScratchFolder::make());
  return std::make_unique<AwsBucket>(aws, std::move(cli), std::move(scratch));
}

}  // namespace connectors
