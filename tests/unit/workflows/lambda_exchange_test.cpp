// SPDX-License-Identifier: Apache-2.0
#include "workflows/lambda_exchange.hpp"

#include "base/digest.hpp"

#include <string>
#include <variant>

#include <doctest/doctest.h>

using workflows::LambdaRequest;

namespace {

constexpr std::uint64_t kMaximum = 100;

base::HttpRequest post(const std::string& target, const std::string& body,
                       base::HttpHeaders headers = {}) {
  base::HttpRequest request;
  request.method = "POST";
  request.target = target;
  request.headers = std::move(headers);
  request.body = base::PaddedBuffer(body);
  request.body_bytes = body.size();
  return request;
}

const std::string kInvoke = "/2015-03-31/functions/orders/invocations";

// The status of a request that needs no function, 0 for an invocation.
int refusal(const base::HttpRequest& request) {
  const auto read = workflows::read_lambda_request(request, kMaximum);
  const auto* reply = std::get_if<base::HttpReply>(&read);
  return reply == nullptr ? 0 : reply->status;
}

}  // namespace

TEST_CASE("an invocation: any function name, payload, log type") {
  const auto read = workflows::read_lambda_request(
      post("/2015-03-31/functions/arn%3Aaws%3Alambda%3Ax/invocations?Qualifier=prod", "{\"a\":1}",
           {{"X-Amz-Log-Type", "Tail"}}),
      kMaximum);
  const auto* request = std::get_if<LambdaRequest>(&read);
  REQUIRE(request != nullptr);
  CHECK(request->function == "arn:aws:lambda:x");
  CHECK(request->payload == "{\"a\":1}");
  CHECK(request->wants_log);
  CHECK_FALSE(request->is_event);

  const auto empty = workflows::read_lambda_request(post(kInvoke, ""), kMaximum);
  CHECK(std::get<LambdaRequest>(empty).payload == "{}");
}

TEST_CASE("what is answered without the function") {
  CHECK(refusal(post(kInvoke, "{\"a\":")) == 400);
  CHECK(refusal(post(kInvoke, '"' + std::string(kMaximum - 2, 'x') + '"')) == 0);
  CHECK(refusal(post(kInvoke, '"' + std::string(kMaximum - 1, 'x') + '"')) == 413);
  CHECK(refusal(post(kInvoke, "{}", {{"X-Amz-Invocation-Type", "DryRun"}})) == 204);
  CHECK(refusal(post("/2015-03-31/functions/", "{}")) == 404);
  base::HttpRequest get = post("/", "");
  get.method = "GET";
  CHECK(refusal(get) == 200);
  get.target = kInvoke;
  CHECK(refusal(get) == 405);
}

TEST_CASE("an answer, a function error and its log as Lambda gives them") {
  core::RawResponse raw;
  raw.request_id = "1-2";
  raw.body = base::PaddedBuffer("{\"state\":{}}");
  raw.duration = std::chrono::microseconds(12'340);
  raw.init_duration = std::chrono::microseconds(230'110);
  raw.peak_memory_bytes = 45u << 20;
  raw.log_tail = {"loading"};
  LambdaRequest request;
  request.wants_log = true;
  const auto log = workflows::lambda_log(raw, 512);
  CHECK(log.report ==
        "REPORT RequestId: 1-2\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\t"
        "Max Memory Used: 45 MB\tInit Duration: 230.11 ms\t");

  const auto reply = workflows::lambda_reply(request, raw, log);
  CHECK(reply.status == 200);
  CHECK(reply.body == "{\"state\":{}}");
  CHECK(base::find_header(reply.headers, "X-Amz-Function-Error").empty());
  CHECK(base::from_base64(base::find_header(reply.headers, "X-Amz-Log-Result")) ==
        log.start + "\nloading\n" + log.end + "\n" + log.report + "\n");

  raw.failure = core::FailureKind::function_error;
  raw.error_type = "KeyError";
  raw.error_message = "'x'";
  raw.stack_trace = {"  File \"main.py\""};
  const auto failed = workflows::lambda_reply(request, raw, log);
  CHECK(failed.status == 200);
  CHECK(base::find_header(failed.headers, "X-Amz-Function-Error") == "Unhandled");
  CHECK(failed.body ==
        "{\"errorMessage\":\"'x'\",\"errorType\":\"KeyError\",\"requestId\":\"1-2\","
        "\"stackTrace\":[\"  File \\\"main.py\\\"\"]}");
}

TEST_CASE("the log that goes with an answer is its last 4 KB") {
  core::RawResponse raw;
  raw.log_tail.assign(50, std::string(200, 'x'));
  LambdaRequest request;
  request.wants_log = true;
  const auto log = workflows::lambda_log(raw, 512);
  const auto reply = workflows::lambda_reply(request, raw, log);
  const std::string tail = base::from_base64(base::find_header(reply.headers, "X-Amz-Log-Result"));
  CHECK(tail.size() == 4096);
  CHECK(tail.ends_with(log.report + "\n"));
}
