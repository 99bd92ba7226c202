// SPDX-License-Identifier: Apache-2.0
#include "connectors/aws_credentials.hpp"

#include "connectors/aws_cli.hpp"
#include "connectors/aws_endpoint.hpp"
#include "connectors/aws_failure.hpp"
#include "connectors/aws_profile.hpp"

#include <cstdio>
#include <cstdlib>
#include <ctime>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace connectors {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;
using nlohmann::json;

constexpr std::chrono::seconds kCliTime{120};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// "2026-11-22T10:00:00Z" or with +00:00 behind: AWS gives these times in UTC.
std::optional<std::chrono::system_clock::time_point> utc_time(const std::string& text) {
  std::tm utc{};
  if (std::sscanf(text.c_str(), "%d-%d-%dT%d:%d:%d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday,
                  &utc.tm_hour, &utc.tm_min, &utc.tm_sec) != 6)
    return std::nullopt;
  // No key lives that long; the clock's own arithmetic ends in 2262.
  if (utc.tm_year < 1970 || utc.tm_year > 2200 || std::abs(utc.tm_mon) > 99 ||
      std::abs(utc.tm_mday) > 99)
    return std::nullopt;
  utc.tm_year -= 1900;
  utc.tm_mon -= 1;
  return std::chrono::system_clock::from_time_t(timegm(&utc));
}

std::string text_of(const json& document, const char* name) {
  const auto found = document.find(name);
  return found != document.end() && found->is_string() ? found->get<std::string>() : "";
}

// The text between <NAME> and </NAME>, or empty.
std::string xml_text(std::string_view xml, std::string_view name) {
  const std::string open = fmt::format("<{}>", name);
  const std::size_t begin = xml.find(open);
  if (begin == xml.npos) return {};
  const std::string_view rest = xml.substr(begin + open.size());
  return std::string(rest.substr(0, rest.find('<')));
}

std::optional<TimedKey> exported_key(const AwsOptions& aws) {
  const auto cli = AwsCli::find("", aws);
  if (!cli || cli->is_v1()) return std::nullopt;
  const auto answer =
      cli->run({"configure", "export-credentials", "--format", "process"}, kCliTime);
  return answer && answer->exit_code == 0 ? read_key_document(answer->output) : std::nullopt;
}

std::string sts_url(const std::string& region) {
  if (std::string url = endpoint_in_environment("STS"); !url.empty()) return url;
  return fmt::format("https://sts.{}.amazonaws.com{}", region,
                     region.starts_with("cn-") ? ".cn" : "");
}

// The error of a request that we signed to STS.
base::Error sts_error(std::string_view doing, const AwsOptions& aws,
                      const base::HttpAnswer& answer) {
  AwsFailure failure{"CannotConnect", answer.failure_text};
  if (answer.failure == base::HttpFailure::none)
    failure = {xml_text(answer.body.view(), "Code"), xml_text(answer.body.view(), "Message")};
  core::RawResponse ignored;
  if (auto told = take_failure(failure, doing, aws, ignored); !told) return told.error();
  return {ErrorKind::environment, fmt::format("{}: the role {} cannot be assumed: {} {}", doing,
                                              aws.role_arn, failure.code, failure.message)};
}

}  // namespace

bool TimedKey::usable() const {
  return !expires || *expires - std::chrono::minutes(5) > std::chrono::system_clock::now();
}

std::optional<TimedKey> read_key_document(std::string_view text) {
  json document = json::parse(text, nullptr, false);
  if (document.is_object() && document.contains("Credentials")) {
    json inner = document["Credentials"];
    document = std::move(inner);
  }
  if (!document.is_object()) return std::nullopt;
  TimedKey found;
  found.key = {text_of(document, "AccessKeyId"), text_of(document, "SecretAccessKey"),
               text_of(document, "SessionToken")};
  found.expires = utc_time(text_of(document, "Expiration"));
  if (found.key.id.empty() || found.key.secret.empty()) return std::nullopt;
  return found;
}

Result<TimedKey> find_key(std::string_view doing, const AwsOptions& aws) {
  const AwsKey from_environment{variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"),
                                variable("AWS_SESSION_TOKEN")};
  // A profile that was asked for comes before the environment, as in the CLI.
  if (aws.profile.empty() && !from_environment.id.empty() && !from_environment.secret.empty())
    return TimedKey{from_environment, std::nullopt};
  if (auto exported = exported_key(aws)) return *exported;
  const AwsProfile profile = read_aws_profile(aws_profile_name(aws.profile));
  const auto setting = [&profile](std::string_view name) {
    const auto found = profile.find(name);
    return found == profile.end() ? std::string() : found->second;
  };
  const AwsKey from_file{setting("aws_access_key_id"), setting("aws_secret_access_key"),
                         setting("aws_session_token")};
  if (!from_file.id.empty() && !from_file.secret.empty()) return TimedKey{from_file, std::nullopt};
  return fail(ErrorKind::environment,
              fmt::format("{}: no AWS credentials were found for --lambda-client direct (set "
                          "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, log in with AWS CLI 2.9 or "
                          "later, or use --lambda-client cli)",
                          doing));
}

Result<TimedKey> assume_role_by_cli(std::string_view doing, const AwsOptions& aws) {
  FSIM_ASSIGN(const AwsCli cli, AwsCli::find(doing, aws));
  std::vector<std::string> words{"sts",        "assume-role",         "--role-arn",
                                 aws.role_arn, "--role-session-name", std::string(kRoleSession)};
  if (!aws.external_id.empty()) words.insert(words.end(), {"--external-id", aws.external_id});
  if (const std::string endpoint = endpoint_in_environment("STS"); !endpoint.empty())
    words.insert(words.end(), {"--endpoint-url", endpoint});
  FSIM_ASSIGN(const CliAnswer answer, cli.run(std::move(words), kCliTime));
  if (const auto key = read_key_document(answer.output); answer.exit_code == 0 && key) return *key;
  const AwsFailure failure = read_cli_failure(answer.errors);
  core::RawResponse ignored;
  FSIM_TRY(take_failure(failure, doing, aws, ignored));
  return fail(ErrorKind::environment, fmt::format("{}: the role {} cannot be assumed: {} {}", doing,
                                                  aws.role_arn, failure.code, failure.message));
}

Result<TimedKey> assume_role_directly(std::string_view doing, const AwsOptions& aws,
                                      const std::string& region, const AwsKey& key,
                                      base::HttpClient& client) {
  std::string body =
      fmt::format("Action=AssumeRole&Version=2011-06-15&RoleArn={}&RoleSessionName={}",
                  uri_encoded(aws.role_arn), kRoleSession);
  if (!aws.external_id.empty()) body += "&ExternalId=" + uri_encoded(aws.external_id);
  FSIM_ASSIGN(const AwsEndpoint endpoint, split_endpoint(sts_url(region)));
  AwsRequest request{.host = endpoint.host, .path = endpoint.path, .body = body};
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  const auto now =
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  base::HttpCall call;
  call.url = endpoint.origin + request_target(request);
  call.headers = signed_headers(request, {region, "sts", now}, key);
  call.body = body;
  call.timeout = kCliTime;
  FSIM_ASSIGN(const base::HttpAnswer answer, client.send(call));
  if (answer.failure != base::HttpFailure::none || answer.status != 200)
    return tl::unexpected<base::Error>(sts_error(doing, aws, answer));
  const std::string_view xml = answer.body.view();
  TimedKey found;
  found.key = {xml_text(xml, "AccessKeyId"), xml_text(xml, "SecretAccessKey"),
               xml_text(xml, "SessionToken")};
  found.expires = utc_time(xml_text(xml, "Expiration"));
  if (found.key.id.empty() || found.key.secret.empty())
    return fail(ErrorKind::environment,
                fmt::format("{}: STS gave no credentials for {}", doing, aws.role_arn));
  return found;
}

}  // namespace connectors
