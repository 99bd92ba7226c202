// SPDX-License-Identifier: Apache-2.0
#include "connectors/aws_failure.hpp"

#include <algorithm>
#include <iterator>
#include <regex>

#include <fmt/format.h>

namespace connectors {
namespace {

using base::ErrorKind;
using base::fail;
using core::FailureKind;

// One line without the CLI's "aws: [ERROR]: " and with white space folded.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\r' || c == ' ' || c == '\t';
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  constexpr std::string_view kPrefix = "aws: [ERROR]: ";
  if (line.starts_with(kPrefix)) line.erase(0, kPrefix.size());
  return line;
}

// What the CLI says without an error code; the texts of versions 1 and 2.
struct Phrase {
  std::string_view text, code;
};
constexpr Phrase kPhrases[] = {
    {"Unable to locate credentials", "NoCredentials"},
    {"You must specify a region", "NoRegion"},
    {"Error loading SSO Token", "SsoLogin"},
    {"The SSO session associated with this profile has expired", "SsoLogin"},
    {"Token has expired and refresh failed", "SsoLogin"},
    {"Could not connect to the endpoint URL", "CannotConnect"},
    {"Connect timeout on endpoint URL", "CannotConnect"},
    {"Read timeout on endpoint URL", "ReadTimeout"},
    {"Connection was closed before we received a valid response", "ConnectionLost"},
    {"SSL validation failed", "CannotConnect"},
    {"Invalid endpoint", "BadEndpoint"},
};

enum class Meaning {
  not_found,
  denied,
  expired,
  bad_key,
  no_credentials,
  no_region,
  no_profile,
  sso,
  cannot_connect,
  bad_endpoint,
  throttled,
  too_large,
  timed_out,
  service,
};

struct Code {
  std::string_view code;
  Meaning meaning;
};
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, "Errors", and
// https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html.
constexpr Code kCodes[] = {
    {"ResourceNotFoundException", Meaning::not_found},
    {"AccessDeniedException", Meaning::denied},
    {"AccessDenied", Meaning::denied},
    {"UnauthorizedOperation", Meaning::denied},
    {"ExpiredTokenException", Meaning::expired},
    {"ExpiredToken", Meaning::expired},
    {"RequestExpired", Meaning::expired},
    {"UnrecognizedClientException", Meaning::bad_key},
    {"InvalidClientTokenId", Meaning::bad_key},
    {"InvalidSignatureException", Meaning::bad_key},
    {"SignatureDoesNotMatch", Meaning::bad_key},
    {"IncompleteSignature", Meaning::bad_key},
    {"IncompleteSignatureException", Meaning::bad_key},
    {"MissingAuthenticationTokenException", Meaning::bad_key},
    {"MissingAuthenticationToken", Meaning::bad_key},
    {"NoCredentials", Meaning::no_credentials},
    {"NoRegion", Meaning::no_region},
    {"NoProfile", Meaning::no_profile},
    {"SsoLogin", Meaning::sso},
    {"CannotConnect", Meaning::cannot_connect},
    {"BadEndpoint", Meaning::bad_endpoint},
    {"ReadTimeout", Meaning::timed_out},
    {"TooManyRequestsException", Meaning::throttled},
    {"ThrottlingException", Meaning::throttled},
    {"Throttling", Meaning::throttled},
    {"EC2ThrottledException", Meaning::throttled},
    {"RequestTooLargeException", Meaning::too_large},
    {"RequestEntityTooLargeException", Meaning::too_large},
};

Meaning meaning_of(const AwsFailure& failure) {
  const auto found = std::ranges::find(kCodes, failure.code, &Code::code);
  return found == std::end(kCodes) ? Meaning::service : found->meaning;
}

std::string with_profile(std::string_view command, const AwsOptions& aws) {
  return aws.profile.empty() ? std::string(command)
                             : fmt::format("{} --profile {}", command, aws.profile);
}

// What the user has to do, when it is up to the user.
struct Advice {
  ErrorKind kind = ErrorKind::environment;
  std::string what, next;
};

Advice advice_for(Meaning meaning, const AwsFailure& failure, const AwsOptions& aws) {
  switch (meaning) {
    case Meaning::not_found:
      return {ErrorKind::usage, "there is no such function: " + failure.message,
              "check the name, --region and --profile; aws lambda list-functions shows them"};
    case Meaning::denied:
      return {ErrorKind::environment, "access is denied: " + failure.message,
              "the identity needs lambda:InvokeFunction on it, and sts:AssumeRole for --role-arn"};
    case Meaning::expired:
      return {ErrorKind::environment, "the AWS credentials have expired",
              "log in again, e.g. " + with_profile("aws sso login", aws)};
    case Meaning::bad_key:
      return {ErrorKind::environment, "AWS does not accept the credentials: " + failure.message,
              "check them with " + with_profile("aws sts get-caller-identity", aws)};
    case Meaning::no_credentials:
      return {ErrorKind::environment, "no AWS credentials were found",
              "set AWS_PROFILE or --profile, or run aws configure"};
    case Meaning::no_region:
      return {ErrorKind::environment, "no AWS region is set", "give --region, or set AWS_REGION"};
    case Meaning::no_profile:
      return {ErrorKind::usage, failure.message,
              "aws configure list-profiles shows those there are"};
    case Meaning::sso:
      return {ErrorKind::environment, "the SSO session is not logged in or has expired",
              "run " + with_profile("aws sso login", aws)};
    case Meaning::cannot_connect:
      return {ErrorKind::environment, failure.message,
              "check the network, --region and --endpoint-url"};
    case Meaning::bad_endpoint:
      return {ErrorKind::usage, failure.message, "--endpoint-url takes http://… or https://…"};
    default: return {};
  }
}

}  // namespace

AwsFailure read_cli_failure(std::string_view printed) {
  const std::string line = one_line(printed);
  static const std::regex kCoded(
      R"(An error occurred \(([A-Za-z0-9]+)\) when calling the \w+ operation(?: \(reached max retries: \d+\))?: (.*))");
  static const std::regex kConfiguration(R"(An error occurred \((NoCredentials|NoRegion)\): (.*))");
  static const std::regex kProfile(R"(The config profile \([^)]*\) could not be found)");
  std::smatch match;
  if (std::regex_search(line, match, kCoded) || std::regex_search(line, match, kConfiguration)) {
    std::string message = match[2];
    if (const auto more = message.find(" Additional error details:"); more != message.npos)
      message.erase(more);
    return {match[1], message};
  }
  if (std::regex_search(line, match, kProfile)) return {"NoProfile", match[0]};
  for (const Phrase& phrase : kPhrases)
    if (const auto at = line.find(phrase.text); at != line.npos)
      return {std::string(phrase.code), line.substr(at)};
  return {"", line};
}

bool is_throttled(const AwsFailure& failure) {
  return meaning_of(failure) == Meaning::throttled;
}

base::Result<void> take_failure(const AwsFailure& failure, std::string_view doing,
                                const AwsOptions& aws, core::RawResponse& raw) {
  const Meaning meaning = meaning_of(failure);
  if (const Advice advice = advice_for(meaning, failure, aws); !advice.what.empty())
    return fail(advice.kind, fmt::format("{}: {} ({})", doing, advice.what, advice.next));
  raw.error_type = failure.code;
  raw.error_message = failure.message;
  switch (meaning) {
    case Meaning::throttled:
      raw.failure = FailureKind::throttled;
      raw.may_have_run = false;
      break;
    case Meaning::too_large:
      raw.failure = FailureKind::request_too_large;
      raw.may_have_run = false;
      break;
    case Meaning::timed_out: raw.failure = FailureKind::timed_out; break;
    default: raw.failure = FailureKind::unreachable; break;
  }
  return {};
}

}  // namespace connectors
