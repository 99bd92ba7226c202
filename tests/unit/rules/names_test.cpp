// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using core::Severity;
using scene::Lines;
using scene::Sync;

namespace {

const rules::Options kNames{.select = {"NAM"}};

Lines judged(std::string_view insert, std::string_view del = "{}") {
  return scene::judged(
      fmt::format(R"({{"state":{{}},"insert":{},"delete":{},"hasMore":false}})", insert, del),
      kNames, Severity::info);
}

}  // namespace

TEST_CASE("columns that become one") {
  CHECK(judged(R"({"t":[{"aB":1,"a_b":2}]})") == Lines{"NAM-02 error t /insert/t/0 1"});
  CHECK(judged(R"({"t":[{"aB":1,"a_b":null},{"a_b":2}]})") == Lines{"NAM-02 info t /insert/t 1"});
  CHECK(judged(R"({"t":[{"ab":1,"a_b":2}]})").empty());
}

TEST_CASE("tables that become one") {
  CHECK(judged(R"({"aB":[{"i":1}],"a.b":[{"i":2}]})") == Lines{"NAM-02 error a.b /insert/a.b 1"});
  CHECK(judged(R"({"aB":[{"i":1}],"a.b":[]})").empty());
  CHECK(judged(R"({"aB":[{"i":1}]})", R"({"a.b":[{"i":1}]})") ==
        Lines{"NAM-06 info a.b /delete/a.b 1"});
}

TEST_CASE("source naming keeps apart what renaming would merge, but for letter case") {
  Sync sync(kNames);
  sync.source_naming = true;
  const auto call = [&](std::string_view row) {
    return scene::lines(
        sync.call(fmt::format(R"({{"state":{{}},"insert":{{"t":[{}]}},"hasMore":false}})", row))
            .findings,
        Severity::info);
  };
  CHECK(call(R"({"a.b":1,"a_b":2,"日本":3})").empty());
  CHECK(call(R"({"Ab":1,"aB":2})") == Lines{"NAM-02 error t /insert/t/0 1"});
  CHECK(sync.load({}).empty());
}

TEST_CASE("names are told where they first appear") {
  Sync sync(kNames);
  const std::string body = R"({"state":{},"insert":{"Group":[{"Order":1,"x":2}]},"hasMore":false})";
  CHECK(scene::lines(sync.call(body).findings, Severity::info) ==
        Lines{"NAM-04 info Group /insert/Group 1", "NAM-04 info Group /insert/Group 1"});
  CHECK(sync.call(body).findings.empty());
  CHECK(sync.load({}).empty());
  sync.history.tables.clear();
  const auto found = sync.load({});
  REQUIRE(scene::lines(found, Severity::info) == Lines{"NAM-01 info Group /insert/Group 2"});
  CHECK(found[0].message == "2 names of `Group` are changed in the destination");
  CHECK(found[0].evidence == Lines{"`Group` is stored as `group`", "`Order` is stored as `order`"});
}

TEST_CASE("the schema of an agent in Fivetran's form, with the first call only") {
  Sync sync(kNames);
  const std::string body = R"({"state":{},"insert":{},"hasMore":true})";
  sync.request.agent = "Fivetran AWS Lambda Connector/a_b/Sales Data";
  CHECK(scene::lines(sync.call(body).findings) == Lines{"NAM-05 error - - 1"});
  CHECK(sync.call(body).findings.empty());
  for (const std::string_view agent :
       {"fivetran/fivetran/function", "Fivetran AWS Lambda Connector/a/b", "test",
        "Fivetran AWS Lambda Connector/A-B", "mine/x/Sales-Data"}) {
    Sync other(kNames);
    other.request.agent = agent;
    CHECK(other.call(body).findings.empty());
  }
}

TEST_CASE("names of Fivetran's own columns") {
  CHECK(judged(R"({"t":[{"_fivetran_synced":1}]})") == Lines{"NAM-03 error t /insert/t 1"});
  CHECK(judged(R"({"t":[{"_FivetranX":1}]})").size() == 1);
  CHECK(judged(R"({"_fivetran_t":[{"fivetran_x":1}]})").empty());
}
