// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using core::Severity;
using scene::judged;
using scene::Lines;
using scene::Sync;

namespace {

// A page with one more root key.
std::string page_with(std::string_view key, std::string_view value) {
  return fmt::format(R"({{"state":{{}},"insert":{{}},"hasMore":false,"{}":{}}})", key, value);
}

}  // namespace

TEST_CASE("clean answers raise nothing at all") {
  for (
      const char* body :
      {R"({"state":{"c":1},"insert":{},"hasMore":false})",
       R"({"state":{"c":1},"insert":{"t":[{"id":1},{"id":2}]},"delete":{},"schema":{"t":{"primary_key":["id"]}},"hasMore":false})",
       R"({"state":{},"insert":{"t":[{"id":1}]},"schema":{"t":{"primary_key":["id"]}},"softDelete":["t"],"hasMore":false,"errorMessage":null})"}) {
    CAPTURE(body);
    CHECK(judged(body, {}, Severity::info).empty());
  }
}

TEST_CASE("near misses of root keys are told with the key that was meant") {
  struct Case {
    const char *key, *meant;
  };
  const Case cases[] = {
      {"has_more", "hasMore"}, {"hasmore", "hasMore"}, {"hasMOre", "hasMore"},
      {"HasMore", "hasMore"},  {"hasMroe", "hasMore"}, {"inserts", "insert"},
      {"inserted", "insert"},  {"Deletes", "delete"},  {"soft_delete", "softDelete"},
      {"States", "state"},     {"Schema", "schema"},   {"error_message", "errorMessage"}};
  for (const Case& c : cases) {
    CAPTURE(c.key);
    Sync sync;
    const auto verdict = sync.call(fmt::format(R"({{"{}":{{}}}})", c.key));
    const auto found =
        std::find_if(verdict.findings.begin(), verdict.findings.end(),
                     [](const core::Finding& finding) { return finding.rule == "RSP-05"; });
    REQUIRE(found != verdict.findings.end());
    CHECK(found->fix == fmt::format("rename `{}` to `{}`", c.key, c.meant));
  }
}

TEST_CASE("other words are unknown keys, and so is a near miss beside the right key") {
  for (const char* key : {"update", "upsert", "truncate", "stats", "status", "data", "more",
                          "debug", "has_more", "error"}) {
    CAPTURE(key);
    CHECK(judged(page_with(key, "1")) == Lines{fmt::format("RSP-04 warning - /{} 1", key)});
  }
}

TEST_CASE("a misspelt primary key is told once, and nothing that follows from it") {
  for (const char* key : {"primaryKey", "primary_keys", "PRIMARY_KEY", "pk"}) {
    CAPTURE(key);
    CHECK(
        judged(fmt::format(
            R"({{"state":{{}},"insert":{{"t":[{{"id":1}}]}},"delete":{{"t":[{{"id":2}}]}},"schema":{{"t":{{"{}":["id"]}}}},"hasMore":false}})",
            key)) == Lines{fmt::format("RSP-05 error t /schema/t/{} 1", key)});
  }
}

TEST_CASE("an answer that is no page gives one finding") {
  CHECK(judged("") == Lines{"RSP-01 error - - 1"});
  CHECK(judged("null") == Lines{"RSP-01 error - - 1"});
  CHECK(judged("{'state': {}}") == Lines{"RSP-01 error - - 1"});
  CHECK(judged("\xEF\xBB\xBF{\"state\":{}}") == Lines{"RSP-01 error - - 1"});
  CHECK(judged(R"("{\"state\":{}}")") == Lines{"RSP-02 error - - 1"});
  CHECK(judged("[1]") == Lines{"RSP-02 error - - 1"});
  CHECK(judged(R"({"statusCode":200,"body":"{}"})") == Lines{"RSP-03 error - /body 1"});
  CHECK(judged("{}") == Lines{"STA-01 error - - 1"});
  CHECK(judged(R"({"errorMessage":"no","errorType":"E"})") ==
        Lines{"INV-04 error - /errorMessage 1"});
}

TEST_CASE("a broken body is shown with place, surroundings and hint") {
  Sync sync;
  const auto finding = sync.call("{\"state\": {},\n \"insert\": NaN}").findings.at(0);
  CHECK(finding.message.find("line 2, column 12") != std::string::npos);
  REQUIRE_FALSE(finding.evidence.empty());
  CHECK(finding.evidence[0].find("\"insert\"") != std::string::npos);
}

TEST_CASE("a reported error is shown as Fivetran shows it") {
  Sync sync;
  const auto verdict = sync.call(
      R"({"errorMessage":"bad cursor","errorType":"ValueError","insert":{"t":[{"id":1}]}})");
  CHECK(verdict.rejected);
  CHECK(scene::lines(verdict.findings) ==
        Lines{"INV-04 error - /errorMessage 1", "RSP-12 warning - /errorMessage 1"});
  CHECK(verdict.findings[0].message == "the connector reports: ValueError : bad cursor");
}

TEST_CASE("an empty errorMessage is no failure, but odd beside rows") {
  const char* page =
      R"({{"state":{{}},"insert":{{"t":[{}]}},"schema":{{"t":{{"primary_key":["id"]}}}},"hasMore":false,"errorMessage":{}}})";
  CHECK(judged(fmt::format(fmt::runtime(page), R"({"id":1})", R"("")")) ==
        Lines{"RSP-12 warning - /errorMessage 1"});
  CHECK(judged(fmt::format(fmt::runtime(page), "", R"("")")).empty());
  CHECK(judged(fmt::format(fmt::runtime(page), R"({"id":1})", "null")).empty());
}

TEST_CASE("what hasMore is taken for is told") {
  Sync sync;
  const auto verdict = sync.call(R"({"state":{},"insert":{},"hasMore":"False"})");
  CHECK(verdict.findings.at(0).message ==
        "`hasMore` is \"False\", not a boolean; it is taken as false");
  CHECK(judged(R"({"state":{},"insert":{}})") == Lines{"RSP-06 warning - - 1"});
  CHECK(judged(R"({"state":{},"insert":{},"has_more":true})") ==
        Lines{"RSP-05 error - /has_more 1"});
}

TEST_CASE("insert may be missing where rows come through a bucket") {
  CHECK(judged(R"({"state":{},"hasMore":false})") == Lines{"RSP-07 warning - - 1"});
  CHECK(judged(R"({"state":{},"hasMore":false})", {.strict = true}) == Lines{"RSP-07 error - - 1"});
  Sync bucket;
  bucket.request.bucket = "b";
  bucket.request.file = "f";
  CHECK(bucket.call(R"({"state":{},"schema":{},"hasMore":false})").findings.empty());
}

TEST_CASE("wrong shapes reject, null containers do not") {
  CHECK(judged(R"({"state":{},"insert":[],"hasMore":false})") == Lines{"RSP-08 error - /insert 1"});
  CHECK(judged(R"({"state":{},"insert":{"t":{"id":1}},"hasMore":false})") ==
        Lines{"RSP-08 error t /insert/t 1"});
  CHECK(
      judged(
          R"({"state":{},"insert":{"t":[1,null,"x",{"id":1}]},"schema":{"t":{"primary_key":["id"]}},"hasMore":false})") ==
      Lines{"RSP-08 error t /insert/t/0 3"});
  CHECK(
      judged(
          R"({"state":{},"insert":{},"delete":{"t":{"id":1}},"schema":{"t":{"primary_key":["id"]}},"hasMore":false})") ==
      Lines{"RSP-09 error t /delete/t 1"});
  CHECK(
      judged(
          R"({"state":{},"insert":null,"delete":{"t":null},"schema":{"t":null},"hasMore":false})") ==
      Lines{"RSP-10 warning - /insert 1", "RSP-10 warning t /delete/t 1",
            "RSP-10 warning t /schema/t 1"});
}

TEST_CASE("repeats of one call are folded: three occurrences shown, all counted") {
  std::string rows;
  for (int i = 0; i < 50; ++i)
    rows += fmt::format("{}{{\"id\":{},\"a\":1,\"a\":2}}", i ? "," : "", i);
  Sync sync;
  const auto findings =
      sync
          .call(fmt::format(
              R"({{"state":{{}},"insert":{{"t":[{}]}},"schema":{{"t":{{"primary_key":["id"]}}}},"hasMore":false}})",
              rows))
          .findings;
  REQUIRE(findings.size() == 1);
  CHECK(scene::line(findings[0]) == "RSP-11 error t /insert/t/0 50");
  CHECK(findings[0].evidence.size() == 3);
}
