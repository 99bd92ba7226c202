// SPDX-License-Identifier: Apache-2.0
#include "connector_kit.hpp"
#include "connectors/registry.hpp"
#include "connectors/target.hpp"
#include "support/temp_dir.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

// The outcomes here are those of aws-lambda-ric 3.3 for the same handlers.

using connector_kit::handler;
using connector_kit::open;
using core::FailureKind;

namespace {

std::string node(std::string_view file, std::string_view function = {}) {
  std::string target = "node:" + handler(file).string();
  if (!function.empty()) target += ":" + std::string(function);
  return target;
}

std::string doing(std::string_view what) {
  return "{\"do\": \"" + std::string(what) + "\"}";
}

}  // namespace

TEST_CASE("the first of callback, context and promise is a Node handler's answer") {
  struct Case {
    const char* what;
    const char* body;
  };
  const Case cases[] = {
      {"echo", R"({"do":"echo"})"},
      {"plainCallback", R"({"answered":"callback"})"},
      {"lateCallback", R"({"answered":"late"})"},
      {"callbackTwice", R"("first")"},
      {"callbackBeforePromise", R"("callback")"},
      {"promiseBeforeCallback", R"("promise")"},
      {"succeed", R"({"by":"succeed"})"},
      {"done", R"({"by":"done"})"},
      {"nothing", "null"},
      {"neverAnswers", "null"},
      {"neverSettles", "null"},
      {"returnsValue", "null"},
      {"notFinite", R"([null,null,0,null,"1970-01-01T00:00:00.000Z",{}])"},
      {"text", "\"Zo\u00eb \u2028 \\ud800\""},
      {"prints", "1"},
  };
  const auto subject = open(node("odd.js"));
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    CHECK(subject.answer(doing(c.what)) == c.body);
  }
  CHECK(subject.call(doing("echo")).content_type == "application/json");
}

TEST_CASE("a callback waits for an empty event loop unless it is told not to") {
  const auto subject = open(node("odd.js"));
  CHECK(subject.answer(doing("count")) == "1");
  // The answer comes after the timer that adds 100.
  CHECK(subject.answer(doing("callbackAndWork")) == R"({"answered":"callback"})");
  CHECK(subject.answer(doing("count")) == "102");
  // The answer comes at once; the timer runs on in the warm process.
  CHECK(subject.answer(doing("callbackNoWait")) == R"({"waits":false,"calls":102})");
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  CHECK(subject.answer(doing("count")) == "203");
}

TEST_CASE("errors of Node handlers") {
  struct Case {
    const char* what;
    const char* type;
    const char* message;
  };
  const Case cases[] = {
      {"callbackError", "TypeError", "no token"},
      {"callbackText", "string", "no token"},
      {"callbackObject", "object", "[object Object]"},
      {"doneError", "Error", "done with it"},
      {"fail", "Error", "failed"},
      {"failEmpty", "string", "handled"},
      {"bigInt", "Error", "Unable to stringify response body"},
      {"bigIntSucceed", "Error", "Unable to stringify response body"},
      {"circle", "Error", "Unable to stringify response body"},
      {"aFunction", "TypeError", "Wrong arguments"},
      {"throwsNow", "RangeError", "boom"},
      {"throwsText", "string", "just text"},
      {"throwsNothing", "string", "handled"},
      {"rejects", "Error", "rejected"},
      {"rejectsObject", "object", "[object Object]"},
      {"ownError", "TooManyRequests", "rate limit"},
      {"brokenError", "handled",
       "callback called with Error argument, but there was a problem while retrieving one or more "
       "of its message, name, and stack"},
  };
  const auto subject = open(node("odd.js"));
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    const core::RawResponse raw = subject.call(doing(c.what));
    CHECK(raw.failure == FailureKind::function_error);
    CHECK(raw.error_type == c.type);
    CHECK(raw.error_message == c.message);
    CHECK(raw.body.empty());
    CHECK_FALSE(raw.exit_code.has_value());
  }
  CHECK(subject.answer(doing("count")) == "1");
  CHECK_FALSE(subject.call(doing("count")).init_duration.has_value());  // warm through all of them
}

TEST_CASE("a Node stack trace shows the user's code and not ours") {
  const auto subject = open(node("odd.js", "throwsNow"));
  const core::RawResponse raw = subject.call();
  REQUIRE(raw.stack_trace.size() >= 2);
  CHECK(raw.stack_trace[0] == "RangeError: boom");
  CHECK(raw.stack_trace[1].find(handler("odd.js").string()) != std::string::npos);
  for (const std::string& line : raw.stack_trace)
    CHECK(line.find("fivetran_sim_runtime") == std::string::npos);
  // AWS's client logs it as JSON.
  CHECK(subject.printed("ERROR\tInvoke Error"));
  CHECK(subject.printed("RangeError: boom"));
}

TEST_CASE("errors that nobody catches end a Node process after their report") {
  struct Case {
    const char* what;
    const char* type;
    const char* message;
    int code;
  };
  const Case cases[] = {
      {"rejectsInBackground", "Runtime.UnhandledPromiseRejection", "Error: nobody waits for this",
       128},
      {"throwsInTimer", "Error", "in a timer", 129},
      {"bigIntCallback", "Error", "Unable to stringify response body", 129},
  };
  const auto subject = open(node("odd.js"));
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    const core::RawResponse raw = subject.call(doing(c.what));
    CHECK(raw.failure == FailureKind::function_error);
    CHECK(raw.error_type == c.type);
    CHECK(raw.error_message == c.message);
    CHECK(raw.exit_code == c.code);
    CHECK(subject.answer(doing("count")) == "1");
  }
}

TEST_CASE("what nobody catches between two calls of a Node process ends the second one") {
  const auto subject = open(node("odd.js"));
  CHECK(subject.answer(doing("rejectsAfterAnswer")) == R"("answered")");
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  const core::RawResponse next = subject.call(doing("hangs"));
  CHECK(next.failure == FailureKind::exited);
  if (!connector_kit::with_aws_clients()) CHECK(next.exit_code == 128);
  CHECK(subject.answer(doing("count")) == "1");
  CHECK(subject.printed("too late"));
}

TEST_CASE("a Node process that ends is told in Lambda's words") {
  struct Case {
    const char* what;
    const char* message;
  };
  const Case cases[] = {
      {"exits", "Runtime exited with error: exit status 3"},
      {"exitsWell", "Runtime exited without providing a reason"},
      {"aborts", "Runtime exited with error: signal: aborted"},
  };
  const auto subject = open(node("odd.js"));
  for (const Case& c : cases) {
    CAPTURE(std::string(c.what));
    const core::RawResponse raw = subject.call(doing(c.what));
    CHECK(raw.failure == FailureKind::exited);
    CHECK(raw.error_type == "Runtime.ExitError");
    CHECK(raw.error_message == "RequestId: " + raw.request_id + " Error: " + c.message);
  }
  const core::RawResponse sent = subject.call(doing("succeedAndExit"));
  CHECK(sent.body.view() == R"("sent")");
  CHECK(sent.exit_code == 0);
}

TEST_CASE("a Node handler's context and process are Lambda's") {
  connectors::ConnectorOptions options;
  options.function_name = "orders";
  options.memory_mb = 1024;
  const auto subject = open(node("odd.js"), options);
  CHECK(subject.answer(doing("context")) ==
        R"({"id":36,"name":"orders","version":"$LATEST","memory":"1024",)"
        R"("arn":"arn:aws:lambda:us-east-1:012345678912:function:orders",)"
        R"("group":"/aws/lambda/orders","stream":true,"remaining":true,"identity":true})");
  CHECK(subject.answer(doing("process")) ==
        R"({"folder":"handlers","root":true,"handler":"odd.handler","offset":0,"main":false,)"
        R"("globals":[],"temporary":true,"private":[]})");
}

TEST_CASE("console of a Node handler is log with Lambda's prefix") {
  const auto subject = open(node("odd.js"));
  const core::RawResponse raw = subject.call(doing("prints"));
  CHECK(raw.body.view() == "1");
  CHECK(raw.log_lines == 4);
  CHECK(subject.printed("Z\t" + raw.request_id + "\tINFO\tpage 7 { rows: 3 }"));
  CHECK(subject.printed("Z\t" + raw.request_id + "\tERROR\tto stderr"));
  CHECK(subject.printed("raw error"));
}

TEST_CASE("what a Node handler does to http and net does not reach our client") {
  const auto subject = open(node("odd.js"));
  CHECK(subject.answer(doing("breaksHttp")) == "1");
  CHECK(subject.answer(doing("count")) == "2");
}

TEST_CASE("CommonJS, ES modules and file names") {
  CHECK(open(node("odd-module.mjs")).answer("{\"a\":1}") ==
        R"({"started":"awaited","event":{"a":1},"file":"odd-module.mjs","require":"undefined",)"
        R"("module":"undefined"})");
  CHECK(open(node("odd-module.mjs", "answers")).answer() == R"("callback")");
  CHECK(open(node("module-folder/index.js")).answer() ==
        R"({"name":"near","require":"undefined"})");
  CHECK(open(node("my-connector.v2.js")).answer() == R"("my-connector.v2.js")");
  CHECK(open(node("main-only.cjs")).answer() == R"(["main-only.main",false])");
  CHECK(open(node("odd.js", "nested.deeper")).answer() == R"("nested")");
  const connector_kit::InFolder in(handler(""));
  CHECK(open("node:odd.nested.deeper").answer() == R"("nested")");
  CHECK(open("odd-module.handler").answer("1").find("\"event\":1") != std::string::npos);
}

TEST_CASE("Node files that cannot be loaded") {
  struct Case {
    const char* file;
    const char* type;
    const char* message;
  };
  const Case cases[] = {
      {"syntax-error.js", "Runtime.UserCodeSyntaxError", "SyntaxError: "},
      {"import-error.js", "Runtime.ImportModuleError",
       "Error: Cannot find module 'no-such-package-anywhere'"},
      {"import-error.mjs", "Error", "Cannot find package 'no-such-package-anywhere'"},
      {"throws-at-load.js", "RangeError", "no configuration"},
      {"rejects-at-load.mjs", "RangeError", "no configuration"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.file));
    const core::RawResponse raw = open(node(c.file)).call();
    CHECK(raw.failure == FailureKind::init_error);
    CHECK(raw.error_type == c.type);
    CHECK(raw.error_message.rfind(c.message, 0) == 0);
    CHECK_FALSE(raw.may_have_run);
    // AWS's client does not say where a file has its syntax error.
    if (connector_kit::with_aws_clients() && raw.error_type == "Runtime.UserCodeSyntaxError")
      continue;
    const std::string place = handler(c.file).filename().string();
    CHECK(std::any_of(raw.stack_trace.begin(), raw.stack_trace.end(), [&](const std::string& line) {
      return line.find(place) != std::string::npos;
    }));
  }
  const core::RawResponse never = open(node("never-loads.mjs")).call();
  CHECK(never.failure == FailureKind::exited);
  CHECK(never.exit_code == 13);
}

TEST_CASE("the function of a Node file is found or the functions are listed") {
  CHECK(
      open(node("no-handler.js")).error() ==
      "usage: cannot find the handler in no-handler.js: it has no lambda_handler, handler or main "
      "(name one of fetchOrders, sync, such as no-handler.js:fetchOrders)");
  const auto quiet = open(node("no-handler.js", "nonsense"));
  CHECK(quiet.error().find("usage: cannot call nonsense in no-handler.js") == 0);
  CHECK(quiet.lines().empty());  // one message is enough
  CHECK(open(node("no-handler.js", "fetchorders")).error() ==
        "usage: cannot call fetchorders in no-handler.js: there is no such function (did you mean "
        "fetchOrders? it has fetchOrders, sync)");
  const core::RawResponse raw = open(node("no-handler.js", "value")).call();
  CHECK(raw.failure == FailureKind::init_error);
  CHECK(raw.error_type == "Runtime.HandlerNotFound");
  CHECK(raw.error_message == "no-handler.value is not a function");
}

TEST_CASE("a streaming Node handler is collected into one answer") {
  const auto subject = open(node("streams.js"));
  const core::RawResponse raw = subject.call();
  CHECK(raw.body.view() == R"({"rows":[1,2]})");
  CHECK(raw.content_type == "application/json");
  CHECK(subject.call("{\"fail\": 1}").error_message == "broken stream");
  CHECK(subject.answer() == R"({"rows":[1,2]})");
  // A stream that is never ended is waited for.
  CHECK(subject.call("{\"open\": 1}", std::chrono::seconds(1)).failure == FailureKind::timed_out);
}

TEST_CASE("no node on PATH is an error that says what to do") {
  const support::TempDir dir;
  const auto target = connectors::parse_target(node("odd.js"));
  REQUIRE(target.has_value());
  connectors::ConnectorOptions options;
  options.env = {{"PATH", dir.path().string()}};
  const auto made = connectors::make_connector(*target, options, {});
  REQUIRE_FALSE(made.has_value());
  CHECK(connector_kit::text(made.error()) ==
        "environment: cannot run " + target->text +
            ": no node on PATH (install Node 14 or later, with apt-get install nodejs or brew "
            "install node)");
}
