// SPDX-License-Identifier: Apache-2.0
#include "workflows/lambda_exchange.hpp"

#include "base/digest.hpp"
#include "base/random.hpp"
#include "protocol/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace workflows {
namespace {

using base::HttpReply;
using base::HttpRequest;
using core::FailureKind;

constexpr std::string_view kFunctions = "/2015-03-31/functions/";
constexpr std::string_view kInvocations = "/invocations";
constexpr std::size_t kLogResult = 4096;  // "the last 4 KB of the execution log"

std::string percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const bool coded = text[i] == '%' && i + 2 < text.size() &&
                       std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr ==
                           text.data() + i + 3;
    if (coded) i += 2;
    plain += coded ? static_cast<char>(byte) : text[i];
  }
  return plain;
}

// NAME of /2015-03-31/functions/NAME/invocations, or empty.
std::string invoked_function(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  const bool invokes = path.starts_with(kFunctions) && path.ends_with(kInvocations) &&
                       path.size() > kFunctions.size() + kInvocations.size();
  if (!invokes) return {};
  const std::string_view name =
      path.substr(kFunctions.size(), path.size() - kFunctions.size() - kInvocations.size());
  return percent_decoded(name);
}

double in_milliseconds(std::chrono::microseconds time) {
  return static_cast<double>(time.count()) / 1000;
}

std::string error_document(const core::RawResponse& raw) {
  nlohmann::ordered_json document;
  document["errorMessage"] = raw.error_message;
  if (!raw.error_type.empty()) document["errorType"] = raw.error_type;
  if (raw.failure == FailureKind::function_error || raw.failure == FailureKind::init_error) {
    document["requestId"] = raw.request_id;
    document["stackTrace"] = raw.stack_trace;
  }
  return document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string log_result(const core::RawResponse& raw, const LambdaLog& log) {
  std::string text = log.start + "\n";
  for (const std::string& line : raw.log_tail) text.append(line).append("\n");
  text.append(log.end).append("\n").append(log.report).append("\n");
  return base::to_base64(text.size() > kLogResult ? text.substr(text.size() - kLogResult) : text);
}

HttpReply too_large(std::uint64_t bytes, std::uint64_t limit) {
  return lambda_error(413, "RequestTooLargeException",
                      fmt::format("{} byte payload is too large for the RequestResponse invocation "
                                  "type (limit {} bytes)",
                                  bytes, limit));
}

}  // namespace

HttpReply lambda_error(int status, std::string_view code, std::string_view message) {
  HttpReply reply;
  reply.status = status;
  reply.headers = {{"Content-Type", "application/json"},
                   {"x-amzn-RequestId", base::uuid4()},
                   {"x-amzn-ErrorType", std::string(code)}};
  reply.body = fmt::format(R"({{"Type":"{}","Message":{}}})", status < 500 ? "User" : "Service",
                           protocol::quote(message));
  return reply;
}

std::variant<LambdaRequest, HttpReply> read_lambda_request(const HttpRequest& request,
                                                           std::uint64_t max_payload) {
  LambdaRequest invocation;
  invocation.function = invoked_function(request.target);
  if (invocation.function.empty()) {
    if (request.method == "GET" || request.method == "HEAD")
      return HttpReply{200,
                       {{"Content-Type", "text/plain"}},
                       "fivetran-sim serve lambda: invoke any function name here\n"};
    return lambda_error(404, "UnknownOperationException",
                        "only Invoke is served here: POST /2015-03-31/functions/NAME/invocations");
  }
  if (request.method != "POST")
    return lambda_error(405, "MethodNotAllowedException", "an invocation is a POST");
  if (request.body_too_large || request.body_bytes > max_payload)
    return too_large(request.body_bytes, max_payload);
  invocation.payload = request.body.empty() ? "{}" : std::string(request.body.view());
  if (!protocol::normal_form(invocation.payload))
    return lambda_error(400, "InvalidRequestContentException",
                        "Could not parse request body into json: it is no JSON document");
  const std::string_view type = request.header("X-Amz-Invocation-Type");
  if (type == "DryRun") return HttpReply{204, {{"x-amzn-RequestId", base::uuid4()}}, ""};
  invocation.is_event = type == "Event";
  invocation.wants_log = request.header("X-Amz-Log-Type") == "Tail";
  return invocation;
}

LambdaLog lambda_log(const core::RawResponse& raw, int memory_mb) {
  const std::string& id = raw.request_id;
  LambdaLog log{fmt::format("START RequestId: {} Version: $LATEST", id),
                fmt::format("END RequestId: {}", id), ""};
  const double spent = in_milliseconds(raw.duration);
  log.report = fmt::format(
      "REPORT RequestId: {}\tDuration: {:.2f} ms\tBilled Duration: {:.0f} ms\t"
      "Memory Size: {} MB\tMax Memory Used: {:.0f} MB\t",
      id, spent, std::ceil(spent), memory_mb,
      std::ceil(static_cast<double>(raw.peak_memory_bytes) / (1 << 20)));
  if (raw.init_duration)
    log.report += fmt::format("Init Duration: {:.2f} ms\t", in_milliseconds(*raw.init_duration));
  if (raw.failure == FailureKind::timed_out) log.report += "Status: timeout\t";
  return log;
}

HttpReply lambda_reply(const LambdaRequest& request, core::RawResponse& raw, const LambdaLog& log) {
  if (raw.failure == FailureKind::throttled)
    return lambda_error(429, "TooManyRequestsException", raw.error_message);
  if (raw.failure == FailureKind::request_too_large)
    return lambda_error(413, "RequestTooLargeException", raw.error_message);
  HttpReply reply;
  reply.headers = {{"Content-Type", "application/json"},
                   {"x-amzn-RequestId", raw.request_id},
                   {"X-Amz-Executed-Version", "$LATEST"}};
  if (request.wants_log) reply.headers.emplace_back("X-Amz-Log-Result", log_result(raw, log));
  if (raw.answered()) {
    reply.body = raw.body.view();
  } else {
    reply.headers.emplace_back("X-Amz-Function-Error", "Unhandled");
    reply.body = error_document(raw);
  }
  return reply;
}

}  // namespace workflows
