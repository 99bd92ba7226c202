// SPDX-License-Identifier: Apache-2.0
#include "connectors/runtime_state.hpp"

#include "base/digest.hpp"

#include <charconv>
#include <utility>

#include <fmt/core.h>

namespace connectors {
namespace {

using base::HttpReply;
using base::HttpRequest;

constexpr std::string_view kRoot = "/2018-06-01/runtime/";
constexpr std::string_view kErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";
constexpr std::string_view kErrorBodyTrailer = "Lambda-Runtime-Function-Error-Body";

HttpReply json_reply(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

HttpReply accepted() {
  return json_reply(202, "{\"status\":\"OK\"}\n");
}

HttpReply error_reply(int status, std::string_view type, std::string_view message) {
  return json_reply(
      status, fmt::format("{{\"errorMessage\":\"{}\",\"errorType\":\"{}\"}}\n", message, type));
}

std::string_view phase_name(RuntimeState::Phase phase) {
  switch (phase) {
    case RuntimeState::Phase::started: return "Started";
    case RuntimeState::Phase::init_failed: return "InitError";
    case RuntimeState::Phase::ready: return "Ready";
    case RuntimeState::Phase::running: return "Running";
    case RuntimeState::Phase::answered: return "ResponseSent";
  }
  return "";
}

// "invocation/ID/response" split into its id and last word; empty when it is no such path.
std::pair<std::string_view, std::string_view> split_answer_path(std::string_view path) {
  constexpr std::string_view kInvocation = "invocation/";
  const std::size_t slash = path.rfind('/');
  if (path.substr(0, kInvocation.size()) != kInvocation || slash < kInvocation.size()) return {};
  return {path.substr(kInvocation.size(), slash - kInvocation.size()), path.substr(slash + 1)};
}

}  // namespace

std::optional<HttpReply> RuntimeState::on_request(HttpRequest& request) {
  std::string_view path = request.target;
  path = path.substr(0, path.find('?'));
  if (path.substr(0, kRoot.size()) != kRoot) return error_reply(404, "NotFound", "Not found");
  path.remove_prefix(kRoot.size());
  if (request.method == "GET" && path == "invocation/next") return on_next();
  if (request.method == "POST") {
    if (path == "init/error") return on_init_error(request);
    const auto [id, what] = split_answer_path(path);
    if (what == "response" || what == "error") return on_answer(request, id, what == "error");
  }
  // Among them restore/next: nothing here is restored from a snapshot.
  return error_reply(404, "NotFound", "Not found");
}

std::optional<HttpReply> RuntimeState::on_next() {
  switch (phase_) {
    case Phase::init_failed: return forbidden("Ready");
    case Phase::running: return invocation_reply();
    case Phase::started:
    case Phase::ready:
    case Phase::answered: break;
  }
  phase_ = Phase::ready;
  served_ = true;
  return std::nullopt;
}

void RuntimeState::on_gone() {
  if (phase_ == Phase::ready) phase_ = Phase::answered;
}

HttpReply RuntimeState::give(RuntimeInvocation invocation) {
  invocation_ = std::move(invocation);
  phase_ = Phase::running;
  answer_.reset();
  return invocation_reply();
}

HttpReply RuntimeState::invocation_reply() const {
  HttpReply reply = json_reply(200, invocation_.body);
  reply.headers.emplace_back("Lambda-Runtime-Aws-Request-Id", invocation_.request_id);
  reply.headers.emplace_back("Lambda-Runtime-Deadline-Ms", std::to_string(invocation_.deadline_ms));
  reply.headers.emplace_back("Lambda-Runtime-Invoked-Function-Arn", invocation_.function_arn);
  reply.headers.emplace_back("Lambda-Runtime-Trace-Id", invocation_.trace_id);
  return reply;
}

HttpReply RuntimeState::on_init_error(HttpRequest& request) {
  if (served_ || phase_ == Phase::init_failed) return forbidden("InitError");
  phase_ = Phase::init_failed;
  RuntimeAnswer answer;
  answer.kind = RuntimeAnswer::Kind::init_error;
  answer.error_type = request.header(kErrorTypeHeader);
  answer.bytes = request.body_bytes;
  answer.body = std::move(request.body);
  answer_ = std::move(answer);
  return accepted();
}

HttpReply RuntimeState::on_answer(HttpRequest& request, std::string_view id, bool error) {
  if (phase_ != Phase::running)
    return forbidden(error ? "InvocationErrorResponse" : "InvocationResponse");
  if (id != invocation_.request_id)
    return error_reply(400, "InvalidRequestID", "Invalid request ID");
  phase_ = Phase::answered;
  invocation_ = {};
  RuntimeAnswer answer;
  answer.bytes = request.body_bytes;
  answer.content_type = request.header("Content-Type");
  answer.error_type = request.header(kErrorTypeHeader);
  if (request.body_too_large || request.body_bytes > max_response_) {
    answer.kind = RuntimeAnswer::Kind::too_large;
    answer_ = std::move(answer);
    return error_reply(
        413, "RequestEntityTooLarge",
        fmt::format("Exceeded maximum allowed payload size ({} bytes).", max_response_));
  }
  const std::string_view status = request.header("Fivetran-Sim-Http-Status");
  if (int number = 0;
      std::from_chars(status.data(), status.data() + status.size(), number).ec == std::errc())
    answer.http_status = number;
  // A stream that failed half-way says so in a trailer and brings the error there.
  const bool failed_stream = !error && !answer.error_type.empty();
  answer.kind = error || failed_stream ? RuntimeAnswer::Kind::error : RuntimeAnswer::Kind::response;
  answer.body = failed_stream
                    ? base::PaddedBuffer(base::from_base64(request.header(kErrorBodyTrailer)))
                    : std::move(request.body);
  answer_ = std::move(answer);
  return accepted();
}

HttpReply RuntimeState::forbidden(std::string_view to) const {
  return error_reply(403, "InvalidStateTransition",
                     fmt::format("Transition from {} to {} failed for runtime. Error: State "
                                 "transition is not allowed",
                                 phase_name(phase_), to));
}

std::optional<RuntimeAnswer> RuntimeState::take_answer() {
  return std::exchange(answer_, std::nullopt);
}

}  // namespace connectors
