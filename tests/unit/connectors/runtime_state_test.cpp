// SPDX-License-Identifier: Apache-2.0
#include "connectors/runtime_state.hpp"

#include <optional>
#include <string>

#include <doctest/doctest.h>

namespace {

using connectors::RuntimeAnswer;
using connectors::RuntimeInvocation;
using connectors::RuntimeState;

base::HttpRequest request(std::string method, const std::string& path, std::string_view body = {},
                          base::HttpHeaders headers = {}) {
  base::HttpRequest result;
  result.method = std::move(method);
  result.target = "/2018-06-01/runtime/" + path;
  result.headers = std::move(headers);
  result.body.append(body);
  result.body_bytes = body.size();
  return result;
}

std::optional<base::HttpReply> send(RuntimeState& state, base::HttpRequest asked) {
  return state.on_request(asked);
}

int status(RuntimeState& state, base::HttpRequest asked) {
  const auto reply = send(state, std::move(asked));
  return reply ? reply->status : 0;
}

// A state in which the invocation "id" runs.
RuntimeState running(std::uint64_t limit = 100) {
  RuntimeState state(limit);
  send(state, request("GET", "invocation/next"));
  state.give({"id", "{}", 1, "arn", "trace"});
  return state;
}

}  // namespace

TEST_CASE("an invocation passes through the Runtime API") {
  RuntimeState state(100);
  CHECK(state.phase() == RuntimeState::Phase::started);
  CHECK_FALSE(send(state, request("GET", "invocation/next")).has_value());
  CHECK(state.phase() == RuntimeState::Phase::ready);

  const base::HttpReply given =
      state.give({"id-1", "{\"a\":1}", 1700000000123, "arn:aws:lambda:x", "Root=1-2-3"});
  CHECK(given.status == 200);
  CHECK(given.body == "{\"a\":1}");
  CHECK(given.headers ==
        base::HttpHeaders{{"Content-Type", "application/json"},
                          {"Lambda-Runtime-Aws-Request-Id", "id-1"},
                          {"Lambda-Runtime-Deadline-Ms", "1700000000123"},
                          {"Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:x"},
                          {"Lambda-Runtime-Trace-Id", "Root=1-2-3"}});

  const auto accepted = send(state, request("POST", "invocation/id-1/response", "{\"b\":2}",
                                            {{"content-type", "text/x"}}));
  REQUIRE(accepted.has_value());
  CHECK(accepted->status == 202);
  CHECK(accepted->body == "{\"status\":\"OK\"}\n");
  CHECK(state.phase() == RuntimeState::Phase::answered);
  const auto answer = state.take_answer();
  REQUIRE(answer.has_value());
  CHECK(answer->kind == RuntimeAnswer::Kind::response);
  CHECK(answer->body.view() == "{\"b\":2}");
  CHECK(answer->content_type == "text/x");
  CHECK(answer->bytes == 7);
  CHECK_FALSE(state.take_answer().has_value());

  CHECK_FALSE(send(state, request("GET", "invocation/next")).has_value());
  state.give({"id-2", "{}", 1, "", ""});
  CHECK(status(state, request("POST", "invocation/id-2/error", "{}",
                              {{"lambda-runtime-function-error-type", "ValueError"}})) == 202);
  const auto error = state.take_answer();
  REQUIRE(error.has_value());
  CHECK(error->kind == RuntimeAnswer::Kind::error);
  CHECK(error->error_type == "ValueError");
}

TEST_CASE("an answer stays to be taken when the runtime has asked for more already") {
  RuntimeState state = running();
  CHECK(status(state, request("POST", "invocation/id/response", "1")) == 202);
  CHECK_FALSE(send(state, request("GET", "invocation/next")).has_value());
  CHECK(state.phase() == RuntimeState::Phase::ready);
  CHECK(state.has_answer());
  state.give({"id-2", "{}", 1, "", ""});
  CHECK_FALSE(state.has_answer());
}

TEST_CASE("requests in the wrong order are forbidden") {
  RuntimeState state(100);
  const auto early = send(state, request("POST", "invocation/id/response", "{}"));
  REQUIRE(early.has_value());
  CHECK(early->status == 403);
  CHECK(early->body ==
        "{\"errorMessage\":\"Transition from Started to InvocationResponse failed for runtime. "
        "Error: State transition is not allowed\",\"errorType\":\"InvalidStateTransition\"}\n");
  send(state, request("GET", "invocation/next"));
  CHECK(status(state, request("POST", "invocation/id/error", "{}")) == 403);
  CHECK(status(state, request("POST", "init/error", "{}")) == 403);
  CHECK_FALSE(state.has_answer());

  RuntimeState twice = running();
  CHECK(status(twice, request("POST", "invocation/id/response", "1")) == 202);
  CHECK(status(twice, request("POST", "invocation/id/response", "2")) == 403);
  CHECK(status(twice, request("POST", "invocation/id/error", "{}")) == 403);
  CHECK(twice.take_answer()->body.view() == "1");
}

TEST_CASE("another invocation's id is refused and the invocation goes on") {
  RuntimeState state = running();
  const auto reply = send(state, request("POST", "invocation/other/response", "{}"));
  REQUIRE(reply.has_value());
  CHECK(reply->status == 400);
  CHECK(reply->body ==
        "{\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}\n");
  CHECK(status(state, request("POST", "invocation/id/response", "{}")) == 202);
}

TEST_CASE("a next that repeats while an invocation runs gets it again") {
  RuntimeState state = running();
  const auto again = send(state, request("GET", "invocation/next"));
  REQUIRE(again.has_value());
  CHECK(again->status == 200);
  CHECK(again->body == "{}");
}

TEST_CASE("a runtime that leaves while it waits is not ready") {
  RuntimeState state(100);
  send(state, request("GET", "invocation/next"));
  state.on_gone();
  CHECK(state.phase() == RuntimeState::Phase::answered);
  CHECK_FALSE(send(state, request("GET", "invocation/next")).has_value());
  CHECK(state.phase() == RuntimeState::Phase::ready);
}

TEST_CASE("loading can fail once") {
  RuntimeState state(100);
  CHECK(status(state, request("POST", "init/error", "{\"errorType\":\"X\"}",
                              {{"Lambda-Runtime-Function-Error-Type", "Y"}})) == 202);
  CHECK(state.phase() == RuntimeState::Phase::init_failed);
  CHECK(status(state, request("POST", "init/error", "{}")) == 403);
  CHECK(status(state, request("GET", "invocation/next")) == 403);
  const auto answer = state.take_answer();
  REQUIRE(answer.has_value());
  CHECK(answer->kind == RuntimeAnswer::Kind::init_error);
  CHECK(answer->body.view() == "{\"errorType\":\"X\"}");
  CHECK(answer->error_type == "Y");
}

TEST_CASE("an answer over the limit is refused and counted") {
  RuntimeState exact = running(5);
  CHECK(status(exact, request("POST", "invocation/id/response", "12345")) == 202);

  RuntimeState over = running(5);
  const auto reply = send(over, request("POST", "invocation/id/response", "123456"));
  REQUIRE(reply.has_value());
  CHECK(reply->status == 413);
  CHECK(reply->body ==
        "{\"errorMessage\":\"Exceeded maximum allowed payload size (5 bytes).\",\"errorType\":"
        "\"RequestEntityTooLarge\"}\n");
  CHECK(over.take_answer()->kind == RuntimeAnswer::Kind::too_large);
  // As on AWS the answer to the caller is given; what the runtime says now comes too late.
  CHECK(status(over, request("POST", "invocation/id/error", "{}")) == 403);

  RuntimeState cut = running(5);
  base::HttpRequest large = request("POST", "invocation/id/response", "12345");
  large.body_too_large = true;
  large.body_bytes = 50'000'000;
  CHECK(status(cut, std::move(large)) == 413);
  CHECK(cut.take_answer()->bytes == 50'000'000);
}

TEST_CASE("a stream that failed half-way is an error") {
  RuntimeState state = running();
  CHECK(status(state, request("POST", "invocation/id/response", "half",
                              {{"Lambda-Runtime-Function-Error-Type", "Stream.Broken"},
                               {"Lambda-Runtime-Function-Error-Body",
                                "eyJlcnJvck1lc3NhZ2UiOiJibyJ9"}})) == 202);
  const auto answer = state.take_answer();
  REQUIRE(answer.has_value());
  CHECK(answer->kind == RuntimeAnswer::Kind::error);
  CHECK(answer->error_type == "Stream.Broken");
  CHECK(answer->body.view() == "{\"errorMessage\":\"bo\"}");
}

TEST_CASE("what is not in the Runtime API is not found") {
  RuntimeState state(100);
  CHECK(status(state, request("GET", "restore/next")) == 404);
  CHECK(status(state, request("GET", "invocation/id/response")) == 404);
  CHECK(status(state, request("POST", "invocation/next")) == 404);
  CHECK(status(state, request("POST", "invocation//response")) == 403);
  base::HttpRequest elsewhere;
  elsewhere.method = "GET";
  elsewhere.target = "/";
  CHECK(status(state, std::move(elsewhere)) == 404);
}
