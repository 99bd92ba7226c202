// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"
#include "connectors/bearer_token.hpp"
#include "connectors/http_answer.hpp"

#include <string>

#include <doctest/doctest.h>

using core::FailureKind;

namespace {

base::HttpAnswer answer_of(int status, std::string_view body, base::HttpHeaders headers = {}) {
  base::HttpAnswer answer;
  answer.status = status;
  answer.body = base::PaddedBuffer(body);
  answer.headers = std::move(headers);
  return answer;
}

}  // namespace

TEST_CASE("the end of a JSON Web Token") {
  const auto token = [](const std::string& claims) {
    return "e30." + base::to_base64(claims) + ".signature";
  };
  const auto end = connectors::token_end(token(R"({"exp":1700000000})"));
  REQUIRE(end);
  CHECK(std::chrono::system_clock::to_time_t(*end) == 1'700'000'000);
  CHECK_FALSE(connectors::token_end(token("{}")));
  CHECK_FALSE(connectors::token_end(token("no JSON")));
  CHECK_FALSE(connectors::token_end("opaque-token"));
}

TEST_CASE("each HTTP status is the failure that it stands for") {
  struct {
    int status;
    FailureKind failure;
  } const statuses[] = {{200, FailureKind::none},         {201, FailureKind::http_status},
                        {302, FailureKind::http_status},  {401, FailureKind::unauthorized},
                        {403, FailureKind::unauthorized}, {404, FailureKind::not_found},
                        {429, FailureKind::throttled},    {500, FailureKind::http_status}};
  for (const auto& one : statuses) {
    CAPTURE(one.status);
    core::RawResponse raw;
    connectors::take_function_answer(answer_of(one.status, "{}"), raw);
    CHECK(raw.failure == one.failure);
    CHECK(raw.http_status == one.status);
    CHECK(raw.body.view() == "{}");
  }
}

TEST_CASE("an emulator's answer with and without the header that tells of an error") {
  core::RawResponse told;
  connectors::take_emulator_answer(
      answer_of(200, R"({"errorType":"KeyError","errorMessage":"x","state":{}})",
                {{"X-Amz-Function-Error", "Unhandled"}}),
      told);
  CHECK(told.failure == FailureKind::function_error);
  CHECK(told.error_type == "KeyError");

  core::RawResponse answered;
  connectors::take_emulator_answer(
      answer_of(200, R"({"state":{},"errorMessage":"told by the connector itself"})"), answered);
  CHECK(answered.failure == FailureKind::none);
  CHECK_FALSE(answered.http_status);

  core::RawResponse refused;
  connectors::take_emulator_answer(answer_of(404, ""), refused);
  CHECK(refused.failure == FailureKind::not_found);
}

TEST_CASE("invoke addresses of Lambda emulators") {
  CHECK(connectors::is_lambda_address("http://h:9000/2015-03-31/functions/function/invocations"));
  CHECK(connectors::is_lambda_address("http://h/2015-03-31/functions/f/invocations?Qualifier=x"));
  CHECK_FALSE(connectors::is_lambda_address("https://h/invocations"));
}
