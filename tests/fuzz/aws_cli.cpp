// SPDX-License-Identifier: Apache-2.0
// What the AWS CLI prints, one part an answer: failures, invocations with their log, keys, and the
// documents that `aws doctor` asks for. Everything is understood or told as not understood.
#include "check.hpp"
#include "connectors/aws_credentials.hpp"
#include "connectors/aws_failure.hpp"
#include "connectors/lambda_log.hpp"
#include "workflows/aws_doctor.hpp"

#include <string>
#include <utility>

namespace {

using fuzz::require;

void read_as_failure(std::string_view part) {
  const connectors::AwsFailure failure = connectors::read_cli_failure(part);
  require(failure.message.find('\n') == std::string::npos);
  core::RawResponse raw;
  const auto taken = connectors::take_failure(failure, "cannot call lambda:x", {}, raw);
  require(taken ? !raw.answered() : !taken.error().message.empty());
}

void read_as_invocation(std::string_view part) {
  connectors::LogTail log([](std::string_view) {});
  core::RawResponse raw;
  raw.body = base::PaddedBuffer(part);
  static_cast<void>(connectors::take_cli_document(part, log, raw));
  log.move_to(raw);
  require(raw.duration.count() >= 0 && raw.log_tail.size() <= core::RawResponse::kLogTail);
}

// The doctor asks, and gets the parts in turn, round and round.
void examine(std::string_view text) {
  std::string_view rest = text;
  int asked = 0;
  workflows::AwsNeeds needs;
  needs.name.function = "orders";
  needs.aws.role_arn = "arn:aws:iam::123456789012:role/fivetran";
  needs.aws.external_id = "witty_walrus";
  needs.bucket = "b";
  needs.time_budget = std::chrono::seconds(60);
  workflows::AwsDoctor doctor(needs, [&](const std::vector<std::string>&) {
    require(++asked < 1000);
    if (rest.empty()) rest = text;
    const std::string_view part = fuzz::next_part(rest);
    connectors::AwsReply reply;
    if (part.starts_with('!'))
      reply.failure = connectors::read_cli_failure(part.substr(1));
    else
      reply.json = part;
    return reply;
  });
  for (const auto& check : doctor.examine()) require(!check.subject.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view part = fuzz::next_part(rest);
    read_as_failure(part);
    read_as_invocation(part);
    static_cast<void>(connectors::read_key_document(part));
  }
  examine(text);
  return 0;
}
