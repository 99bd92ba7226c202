// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using core::FailureKind;
using core::Severity;
using scene::Lines;
using scene::Sync;

namespace {
constexpr const char* kPage =
    R"({"state":{"n":1},"insert":{"t":[{"id":1,"v":"a"},{"id":2,"v":"b"}]},"schema":{"t":{"primary_key":["id"]}},"hasMore":false})";

Lines repeated(const std::string& second) {
  Sync sync;
  sync.repeat_body = second;
  return scene::lines(sync.call(kPage).findings);
}
}  // namespace

TEST_CASE("each failure gives one finding that names it") {
  for (int kind = 1; kind <= static_cast<int>(FailureKind::unreachable); ++kind) {
    Sync sync;
    sync.raw.failure = static_cast<FailureKind>(kind);
    CAPTURE(core::name(sync.raw.failure));
    const auto verdict = sync.call("");
    CHECK(verdict.rejected);
    REQUIRE(verdict.findings.size() == 1);
    CHECK(verdict.findings[0].severity == Severity::error);
    CHECK_FALSE(verdict.findings[0].message.empty());
  }
}

TEST_CASE("a failure shows the error as Fivetran does, the trace and the last log lines") {
  Sync sync;
  sync.raw.failure = FailureKind::function_error;
  sync.raw.error_type = "KeyError";
  sync.raw.error_message = "'cursor'";
  sync.raw.stack_trace = {"  File \"main.py\", line 3, in handler"};
  for (int i = 1; i <= 7; ++i) sync.raw.log_tail.push_back(fmt::format("line {}", i));
  const auto finding = sync.call("").findings.at(0);
  CHECK(finding.rule == "INV-01");
  CHECK(finding.message == "the handler raised an error: KeyError : 'cursor'");
  REQUIRE(finding.evidence.size() == 6);
  CHECK(finding.evidence[0] == "trace:   File \"main.py\", line 3, in handler");
  CHECK(finding.evidence[1] == "log: line 3");
  CHECK(finding.evidence[5] == "log: line 7");
}

TEST_CASE("HTTP refusals are told with their status") {
  Sync sync;
  sync.raw.failure = FailureKind::unauthorized;
  CHECK(scene::lines(sync.call("").findings) == Lines{"INV-01 error - - 1"});
  sync.raw.http_status = 403;
  const auto finding = sync.call("").findings.at(0);
  CHECK(finding.rule == "INV-02");
  CHECK(finding.message == "the call is not allowed (HTTP status 403)");
}

TEST_CASE("the content type is noted over HTTP only") {
  Sync sync({.select = {"INV-03"}});
  const auto with = [&](std::optional<int> status, const char* type) {
    sync.raw.http_status = status;
    sync.raw.content_type = type;
    return scene::lines(sync.call(kPage).findings, Severity::info).size();
  };
  CHECK(with(std::nullopt, "") == 0);
  CHECK(with(200, "application/json; charset=utf-8") == 0);
  CHECK(with(200, "Application/JSON") == 0);
  CHECK(with(200, "text/html") == 1);
  CHECK(with(200, "") == 1);
}

TEST_CASE("a repeated call may give its rows in another order, but no other rows") {
  CHECK(repeated(kPage).empty());
  CHECK(
      repeated(
          R"({"hasMore":false,"state":{"n":1},"insert":{"t":[{"v":"b","id":2,"x":null},{"v":"a","id":1}]}})")
          .empty());
  CHECK(
      repeated(
          R"({"state":{"n":1},"insert":{"t":[{"id":1,"v":"a"},{"id":2,"v":"c"}]},"hasMore":false})") ==
      Lines{"INV-05 warning t /insert/t/1 1"});
  CHECK(
      repeated(
          R"({"state":{"n":1},"insert":{"t":[{"id":1,"v":"a"},{"id":2,"v":"b"},{"id":2,"v":"b"}]},"hasMore":false})") ==
      Lines{"INV-05 warning t /insert 1"});
  CHECK(
      repeated(
          R"({"state":{"n":2},"insert":{"t":[{"id":1,"v":"a"},{"id":2,"v":"b"}]},"hasMore":false})") ==
      Lines{"INV-05 warning - /state 1"});
  CHECK(repeated(R"({"errorMessage":"drained"})") == Lines{"INV-05 warning - - 1"});
}

TEST_CASE("a state that differs by the clock alone is only noted") {
  Sync sync;
  sync.repeat_body = R"({"state":{"at":"2024-06-15T00:00:02Z"},"insert":{},"hasMore":false})";
  const auto verdict =
      sync.call(R"({"state":{"at":"2024-06-15T00:00:01Z"},"insert":{},"hasMore":false})");
  CHECK(scene::lines(verdict.findings, Severity::info) == Lines{"INV-05 info - /state 1"});
}
