// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"
#include "core/raw_response.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace workflows {

// An invocation that came to a Lambda endpoint
// (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
struct LambdaRequest {
  std::string function;  // NAME or ARN, decoded
  std::string payload;   // JSON; "{}" when none was sent
  bool wants_log = false;
  bool is_event = false;  // InvocationType Event: answered before the function runs
};

// What a request asks for: an invocation, or else the answer that needs no function. `max_payload`:
// bytes that Lambda takes.
std::variant<LambdaRequest, base::HttpReply> read_lambda_request(const base::HttpRequest& request,
                                                                 std::uint64_t max_payload);

// The lines that Lambda writes around an invocation.
struct LambdaLog {
  std::string start, end, report;
};
LambdaLog lambda_log(const core::RawResponse& raw, int memory_mb);

// The answer to an invocation. A failed one is status 200 with X-Amz-Function-Error and the error
// document, as on Lambda.
base::HttpReply lambda_reply(const LambdaRequest& request, core::RawResponse& raw,
                             const LambdaLog& log);

// {"Type", "Message"} with the code in x-amzn-ErrorType.
base::HttpReply lambda_error(int status, std::string_view code, std::string_view message);

}  // namespace workflows
