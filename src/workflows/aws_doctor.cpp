// SPDX-License-Identifier: Apache-2.0
#include "workflows/aws_doctor.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace workflows {
namespace {

using connectors::AwsFailure;
using connectors::AwsReply;
using nlohmann::json;
using Status = connectors::HealthCheck::Status;

constexpr int kLongestTimeout = 900;  // Lambda's maximum
constexpr int kDefaultTimeout = 3;    // what a function has that nobody configured
constexpr int kDefaultMemory = 128;

struct Runtime {
  std::string_view name, since;
};
constexpr Runtime kDeprecated[] = {
    {"python2.7", "2021-07-15"},  {"python3.6", "2022-07-18"},     {"python3.7", "2023-12-04"},
    {"python3.8", "2024-10-14"},  {"python3.9", "2025-12-15"},     {"nodejs4.3", "2020-03-05"},
    {"nodejs6.10", "2019-08-12"}, {"nodejs8.10", "2020-03-06"},    {"nodejs10.x", "2021-07-30"},
    {"nodejs12.x", "2023-03-31"}, {"nodejs14.x", "2023-12-04"},    {"nodejs16.x", "2024-06-12"},
    {"nodejs18.x", "2025-09-01"}, {"nodejs20.x", "2026-04-30"},    {"java8", "2024-01-08"},
    {"go1.x", "2024-01-08"},      {"provided", "2024-01-08"},      {"ruby2.5", "2021-07-30"},
    {"ruby2.7", "2023-12-07"},    {"dotnetcore2.1", "2022-01-05"}, {"dotnetcore3.1", "2023-04-03"},
    {"dotnet6", "2024-12-20"},
};

std::string text_of(const json& document, const char* name) {
  const auto found = document.find(name);
  return found != document.end() && found->is_string() ? found->get<std::string>() : "";
}

int number_of(const json& document, const char* name) {
  const auto found = document.find(name);
  return found != document.end() && found->is_number_integer() ? found->get<int>() : 0;
}

std::string part(std::string_view arn, int index) {
  for (; index > 0 && !arn.empty(); --index) {
    const std::size_t colon = arn.find(':');
    arn = colon == arn.npos ? "" : arn.substr(colon + 1);
  }
  return std::string(arn.substr(0, arn.find(':')));
}

}  // namespace

std::string_view deprecated_since(std::string_view runtime) {
  const auto found = std::ranges::find(kDeprecated, runtime, &Runtime::name);
  return found == std::end(kDeprecated) ? std::string_view() : found->since;
}

std::string role_name_of(std::string_view role_arn) {
  const std::size_t role = role_arn.find(":role/");
  if (!role_arn.starts_with("arn:") || role == role_arn.npos) return {};
  return std::string(role_arn.substr(role_arn.rfind('/') + 1));
}

AwsDoctor::AwsDoctor(AwsNeeds needs, connectors::AskAws ask)
    : needs_(std::move(needs)), ask_(std::move(ask)) {}

AwsDoctor::Check AwsDoctor::untold(const std::string& subject, const AwsFailure& failure,
                                   const std::string& action) const {
  Check check{.subject = subject, .status = Status::failed, .needed = true};
  if (connectors::is_refused(failure)) {
    check.status = Status::unknown;
    check.needed = false;
    check.detail = fmt::format("you may not ask (no permission for {})", action);
  } else if (const std::string told = connectors::hopeless(failure, needs_.aws); !told.empty()) {
    check.detail = told;
  } else {
    check.detail = failure.code.empty() ? failure.message
                                        : fmt::format("{}: {}", failure.code, failure.message);
  }
  return check;
}

std::vector<connectors::HealthCheck> AwsDoctor::examine() {
  if (check_identity()) {
    check_function();
    role_arn_ = needs_.aws.role_arn.empty() ? execution_role_ : needs_.aws.role_arn;
    role_name_ = role_name_of(role_arn_);
    if (!role_arn_.empty()) check_role();
    if (!needs_.bucket.empty()) check_bucket();
    if (!role_arn_.empty() && role_exists_) {
      check_grants();
      check_assuming();
    }
  }
  return std::move(checks_);
}

bool AwsDoctor::check_identity() {
  const AwsReply reply = ask({"sts", "get-caller-identity"});
  if (reply.failure) {
    add(untold("identity", *reply.failure, "sts:GetCallerIdentity"));
    return false;
  }
  const json document = json::parse(reply.json, nullptr, false);
  add({.subject = "identity",
       .detail = document.is_object() ? text_of(document, "Arn") : "",
       .needed = true});
  return true;
}

void AwsDoctor::check_function() {
  std::vector<std::string> words{"lambda", "get-function-configuration", "--function-name",
                                 needs_.name.function};
  if (!needs_.name.qualifier.empty())
    words.insert(words.end(), {"--qualifier", needs_.name.qualifier});
  const AwsReply reply = ask(words);
  if (!reply.failure) return check_configuration(reply.json);
  Check check = untold("function", *reply.failure, "lambda:GetFunctionConfiguration");
  if (connectors::is_absent(*reply.failure)) {
    check.status = Status::absent;
    check.detail = reply.failure->message;
    check.advice = connectors::cli_line({"lambda", "list-functions"}, needs_.aws) +
                   " shows those of this region";
  }
  add(std::move(check));
}

void AwsDoctor::check_configuration(const std::string& configuration) {
  const json found = json::parse(configuration, nullptr, false);
  if (!found.is_object()) {
    add({.subject = "function",
         .status = Status::failed,
         .detail = "the AWS CLI printed no JSON document",
         .needed = true});
    return;
  }
  function_arn_ = text_of(found, "FunctionArn");
  execution_role_ = text_of(found, "Role");
  const auto update = [this](const char* option, const std::string& value) {
    return connectors::cli_line({"lambda", "update-function-configuration", "--function-name",
                                 needs_.name.function, option, value},
                                needs_.aws);
  };
  const std::string state = text_of(found, "State"), last = text_of(found, "LastUpdateStatus");
  const bool broken = state == "Failed" || last == "Failed";
  add({.subject = "function",
       .status = broken ? Status::failed : Status::ok,
       .detail = broken ? fmt::format("{}: {}{}", function_arn_, text_of(found, "StateReason"),
                                      text_of(found, "LastUpdateStatusReason"))
                        : function_arn_,
       .needed = true});
  add({.subject = "region",
       .detail = part(function_arn_, 3) + "  (for Fivetran's form)",
       .needed = true});

  const std::string runtime = text_of(found, "Runtime");
  const std::string_view since = deprecated_since(runtime);
  add({.subject = "runtime",
       .status = since.empty() ? Status::ok : Status::failed,
       .detail = since.empty()
                     ? (runtime.empty() ? "container image" : runtime)
                     : fmt::format("{} is deprecated since {}: it still runs, but gets no "
                                   "fixes, and updates of the function will be blocked",
                                   runtime, since),
       .advice = since.empty() ? "" : "move to a newer runtime of that language"});

  const int timeout = number_of(found, "Timeout");
  const auto budget = needs_.time_budget ? needs_.time_budget->count() : 0;
  Check time{.subject = "time-out", .detail = fmt::format("{} s", timeout), .needed = true};
  if (budget >= timeout && budget > 0) {
    time.status = Status::failed;
    time.detail += fmt::format(", not above the connector's own budget of {} s", budget);
    time.advice = budget < kLongestTimeout ? update("--timeout", std::to_string(kLongestTimeout))
                                           : "lower the budget: Lambda ends each call at 900 s";
  } else if (timeout <= kDefaultTimeout && budget == 0) {
    time.status = Status::failed;
    time.detail += ", Lambda's default: a call that reads from an API seldom ends in that";
    time.advice = update("--timeout", std::to_string(kLongestTimeout));
  }
  add(std::move(time));

  const int memory = number_of(found, "MemorySize");
  add({.subject = "memory",
       .detail = fmt::format("{} MB", memory),
       .advice = memory <= kDefaultMemory
                     ? "little for pages of megabytes: " + update("--memory-size", "512")
                     : ""});
}

void AwsDoctor::check_assuming() {
  std::vector<std::string> words{"sts",     "assume-role",         "--role-arn",
                                 role_arn_, "--role-session-name", "Fivetran-Session"};
  if (!needs_.aws.external_id.empty())
    words.insert(words.end(), {"--external-id", needs_.aws.external_id});
  const AwsReply reply = ask(words);  // holds credentials: nothing of it is shown
  assumed_ = !reply.failure;
  if (assumed_)
    add({.subject = "assume role", .detail = "done, as Fivetran does"});
  else if (connectors::is_refused(*reply.failure))
    add({.subject = "assume role",
         .status = Status::unknown,
         .detail = "your identity may not assume the role; Fivetran's may, if the trust is ok"});
  else
    add(untold("assume role", *reply.failure, "sts:AssumeRole"));
}

}  // namespace workflows
