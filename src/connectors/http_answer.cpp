// SPDX-License-Identifier: Apache-2.0
#include "connectors/http_answer.hpp"

#include "connectors/lambda_log.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace connectors {
namespace {

using core::FailureKind;

FailureKind failure_of(int status) {
  switch (status) {
    case 401:
    case 403: return FailureKind::unauthorized;
    case 404: return FailureKind::not_found;
    case 429: return FailureKind::throttled;
    default: return FailureKind::http_status;
  }
}

// "HTTP status 500, X-Google-Status: crash" or where a redirect points.
std::string status_text(const base::HttpAnswer& answer) {
  std::string text = fmt::format("HTTP status {}", answer.status);
  if (const auto google = answer.header("X-Google-Status"); !google.empty())
    text += fmt::format(", X-Google-Status: {}", google);
  if (const auto to = answer.header("Location"); answer.status / 100 == 3 && !to.empty())
    text += fmt::format(
        ": it redirects to {}, which Fivetran is not known to follow (give that "
        "address)",
        base::shown_url(to));
  return text;
}

void take_common(base::HttpAnswer& answer, core::RawResponse& raw) {
  raw.http_status = answer.status;
  raw.content_type = answer.header("Content-Type");
  raw.body = std::move(answer.body);
}

bool looks_like_error(std::string_view body) {
  if (body.find("\"errorMessage\"") == body.npos) return false;
  const auto document = nlohmann::json::parse(body, nullptr, false);
  return document.is_object() && document.contains("errorMessage") && !document.contains("state");
}

}  // namespace

bool is_lambda_address(std::string_view url) {
  url = url.substr(0, url.find('?'));
  return url.find("/2015-03-31/functions/") != url.npos && url.ends_with("/invocations");
}

void take_http_status(int status, core::RawResponse& raw) {
  raw.http_status = status;
  if (status == 200) return;
  raw.failure = failure_of(status);
  raw.error_message = fmt::format("HTTP status {}", status);
}

void take_function_answer(base::HttpAnswer answer, core::RawResponse& raw) {
  if (answer.status != 200) {
    raw.failure = failure_of(answer.status);
    raw.error_message = status_text(answer);
  }
  take_common(answer, raw);
}

void take_emulator_answer(base::HttpAnswer answer, core::RawResponse& raw) {
  const bool told = !answer.header("X-Amz-Function-Error").empty();
  if (answer.status != 200) return take_function_answer(std::move(answer), raw);
  raw.request_id = answer.header("x-amzn-RequestId");
  take_common(answer, raw);
  raw.http_status.reset();  // Lambda has none
  const std::string_view body = raw.body.view();
  if (told || looks_like_error(body)) {
    take_function_error(raw);
  } else if (body.empty()) {
    raw.failure = FailureKind::exited;
    raw.error_type = "Runtime.ExitError";
    raw.error_message = "the emulator gave no body: the function's process ended";
  } else if (body.starts_with("Task timed out after")) {
    raw.failure = FailureKind::timed_out;
    raw.error_message = body;
    raw.body.clear();
  }
}

}  // namespace connectors
