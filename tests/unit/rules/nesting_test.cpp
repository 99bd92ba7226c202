// SPDX-License-Identifier: Apache-2.0
#include "rules/nesting.hpp"

#include "rules/handler_mixup.hpp"
#include "scene.hpp"

#include <doctest/doctest.h>

using scene::judged;
using scene::Lines;
using scene::Sync;

namespace {

std::string fix_of(std::string_view body, std::string_view rule) {
  Sync sync;
  for (const core::Finding& finding : sync.call(body).findings)
    if (finding.rule == rule) return finding.fix;
  return "(not raised)";
}

std::string_view mixup(std::string_view message, bool over_http = false) {
  core::RawResponse raw;
  raw.failure = core::FailureKind::function_error;
  raw.error_message = message;
  if (over_http) raw.http_status = 500;
  return rules::mixup_fix(raw);
}

}  // namespace

TEST_CASE("two misspelt keys are two findings with subjects of their own") {
  Sync sync;
  const auto found =
      sync.call(R"({"state":{},"inserts":{},"has_more":false,"Schema":{},"update":1,"rows":2})")
          .findings;
  std::vector<std::string> subjects;
  for (const core::Finding& finding : found) subjects.push_back(finding.rule + finding.subject);
  CHECK(subjects ==
        Lines{"RSP-04update", "RSP-04rows", "RSP-05inserts", "RSP-05has_more", "RSP-05Schema"});
}

TEST_CASE("keys that stand in the wrong place") {
  CHECK(judged(R"({"state":{"hasMore":true},"insert":{}})") ==
        Lines{"RSP-05 error - /state/hasMore 1"});
  CHECK(judged(R"({"state":{"has_more":false},"insert":{}})") ==
        Lines{"RSP-05 error - /state/has_more 1"});
  CHECK(judged(R"({"insert":{"t":[],"state":{"n":1}},"hasMore":false})") ==
        Lines{"RSP-05 error - /insert/state 1"});
  // The connector's own word, beside the key at the root or of another kind; a table of that name.
  CHECK(judged(R"({"state":{"hasMore":true},"insert":{},"hasMore":false})").empty());
  CHECK(judged(R"({"state":{"hasMore":"yes"},"insert":{}})") == Lines{"RSP-06 warning - - 1"});
  CHECK(
      judged(R"({"state":{},"insert":{"schema":[{"id":1}]},"hasMore":false})", {.select = {"RSP"}})
          .empty());
}

TEST_CASE("a response inside another object") {
  CHECK(judged(R"({"response":{"state":{},"insert":{},"hasMore":false}})") ==
        Lines{"RSP-03 error - /response 1"});
  CHECK(fix_of(R"({"result":{"state":{},"hasMore":false}})", "RSP-03") ==
        "return what `result` holds, without the wrapper");
  CHECK(judged(R"({"data":{"rows":[]}})", {.select = {"RSP-03"}}).empty());
  CHECK(judged(R"({"state":{},"insert":{},"hasMore":false,"debug":{"state":1,"insert":2}})",
               {.select = {"RSP-03"}})
            .empty());
}

TEST_CASE("parts that were serialised twice") {
  const std::string_view fix = "instead of its text (json.dumps, JSON.stringify)";
  CHECK(fix_of(R"({"state":"{\"n\":1}","insert":{},"hasMore":false})", "STA-02").ends_with(fix));
  CHECK(fix_of(R"({"state":{},"insert":"{\"t\":[]}","hasMore":false})", "RSP-08").ends_with(fix));
  CHECK(fix_of(R"({"state":{},"insert":{"t":["{}"]},"hasMore":false})", "RSP-08").ends_with(fix));
  CHECK(
      fix_of(R"({"state":{},"insert":{},"schema":"{}","hasMore":false})", "SCH-02").ends_with(fix));
  CHECK_FALSE(
      fix_of(R"({"state":"2024-01-05","insert":{},"hasMore":false})", "STA-02").ends_with(fix));
}

TEST_CASE("wrong shapes say what to write") {
  CHECK(fix_of(R"({"state":{},"insert":[{"id":1}],"hasMore":false})", "RSP-08") ==
        R"(put the rows under the name of their table: {"insert": {"table": […]}})");
  CHECK(fix_of(R"({"state":{},"insert":{"t":{"id":1}},"hasMore":false})", "RSP-08") ==
        R"(send an array of rows: {"insert": {"t": [{…}]}})");
  CHECK(fix_of(R"({"state":{},"insert":{"t":[{"id":1}]},"schema":{"t":["id"]},"hasMore":false})",
               "SCH-02") == R"(write {"schema": {"t": {"primary_key": […]}}})");
  CHECK(fix_of(R"(["{}",200,{"Content-Type":"application/json"}])", "RSP-02")
            .starts_with("(body, status, headers)"));
  CHECK_FALSE(fix_of(R"([1,2,3])", "RSP-02").starts_with("(body"));
}

TEST_CASE("a function for one platform that is called as one for another") {
  CHECK(mixup("AttributeError : 'dict' object has no attribute 'get_json'").find("Google") !=
        std::string_view::npos);
  CHECK(mixup("f() takes 1 positional argument but 2 were given").find("HTTP request") !=
        std::string_view::npos);
  CHECK(mixup("res.status is not a function").find("serve:") != std::string_view::npos);
  CHECK(mixup("f() missing 1 required positional argument: 'context'", true)
            .find("Lambda handler, which") != std::string_view::npos);
  // The same words where they mean something else.
  CHECK(mixup("f() missing 1 required positional argument: 'context'").empty());
  CHECK(mixup("'dict' object has no attribute 'get_json'", true).empty());
  CHECK(mixup("'dict' object has no attribute 'name'").empty());
}
