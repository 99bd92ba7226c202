// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using core::Severity;
using scene::judged;
using scene::Lines;
using scene::Sync;

namespace {

std::string page(std::string_view table, std::string_view schema, bool more = true) {
  return fmt::format(
      R"({{"state":{{}},"insert":{{"{}":[{{"id":1,"b":2}}]}},"schema":{},"hasMore":{}}})", table,
      schema, more);
}
Lines with_schema(std::string_view schema) {
  return judged(page("t", schema, false));
}

}  // namespace

TEST_CASE("a table without key is told once a sync") {
  Sync sync({.select = {"SCH"}});
  CHECK(scene::lines(sync.call(page("t", "{}")).findings) == Lines{"SCH-01 warning t /insert/t 1"});
  CHECK(sync.call(page("t", "{}")).findings.empty());
  sync.begin("{}");
  CHECK(sync.call(page("t", "{}", false)).findings.size() == 1);
  CHECK(with_schema(R"({"t":{}})") == Lines{"SCH-01 warning t /insert/t 1"});
}

TEST_CASE("each fault of a schema gives one finding, also with deletes") {
  CHECK(with_schema(R"({"primary_key":["id"]})") == Lines{"SCH-02 error - /schema/primary_key 1"});
  CHECK(with_schema(R"({"t":["id"]})") == Lines{"SCH-02 error t /schema/t 1"});
  CHECK(with_schema(R"(["t"])") == Lines{"SCH-02 error - /schema 1"});
  CHECK(with_schema(R"({"t":{"primary_key":"id"}})") ==
        Lines{"SCH-03 error t /schema/t/primary_key 1"});
  CHECK(with_schema(R"({"t":{"primary_key":["id",1]}})") ==
        Lines{"SCH-03 error t /schema/t/primary_key 1"});
  CHECK(with_schema(R"({"t":{"primary_key":["id","id"]}})") ==
        Lines{"SCH-03 error t /schema/t/primary_key 1"});
  CHECK(with_schema(R"({"t":{"primary_key":[]}})") ==
        Lines{"SCH-03 warning t /schema/t/primary_key 1"});
  CHECK(with_schema(R"({"T":{"primary_key":["id"]}})") == Lines{"SCH-05 error t /schema/T 1"});
  CHECK(with_schema(R"({"t":{"primary_key":["id"],"columns":{},"types":1}})") ==
        Lines{"SCH-06 warning t /schema/t/columns 1"});
  CHECK(
      judged(
          R"({"state":{},"insert":{},"delete":{"t":[{"id":1}]},"schema":{"t":{"primary_key":"id"}},"hasMore":false})") ==
      Lines{"SCH-03 error t /schema/t/primary_key 1"});
}

TEST_CASE("tables of almost the same name have each a key of their own") {
  CHECK(
      judged(
          R"({"state":{},"insert":{"t":[{"id":1}],"T":[{"id":1}]},"schema":{"T":{"primary_key":["id"]},"t":{"primary_key":["id"]}},"hasMore":false})",
          {.select = {"SCH"}})
          .empty());
}

TEST_CASE("a key may change its order but not its columns") {
  Sync sync({.select = {"SCH"}});
  sync.call(page("t", R"({"t":{"primary_key":["id","b"]}})"));
  CHECK(scene::lines(sync.call(page("t", R"({"t":{"primary_key":["b","id"]}})", false)).findings)
            .empty());
  sync.begin(R"({"next":1})");
  const auto changed = sync.call(page("t", R"({"t":{"primary_key":["id"]}})", false));
  CHECK(scene::lines(changed.findings) == Lines{"SCH-04 error t /schema/t 1"});
  CHECK(changed.findings[0].message ==
        "the key of `t` is `id` now; before, it was `b` and `id`. Here the table changes over to "
        "the new key");
}

TEST_CASE(
    "a schema that goes missing is told for each page with rows, and not as a table without key") {
  Sync sync({.select = {"SCH"}});
  sync.call(page("t", R"({"t":{"primary_key":["id"]}})"));
  CHECK(sync.call(R"({"state":{},"insert":{},"hasMore":true})").findings.empty());
  CHECK(scene::lines(sync.call(page("t", "{}")).findings) == Lines{"SCH-04 error t /insert/t 1"});
  // Not selected, RSP-05 cannot tell it.
  CHECK(scene::lines(sync.call(page("t", R"({"t":{"primaryKey":["id"]}})")).findings) ==
        Lines{"SCH-04 error t /schema/t 1"});
  CHECK(sync.call(page("t", R"({"t":{"primary_key":["id"]}})", false)).findings.empty());
}

TEST_CASE("keys of tables stored by earlier runs count") {
  Sync sync;
  core::TableHistory stored;
  stored.primary_key = {"id"};
  stored.had_key = stored.seen = true;
  sync.history.tables["t"] = stored;
  CHECK(scene::lines(sync.call(page("t", R"({"t":{"primary_key":["b"]}})", false)).findings) ==
        Lines{"SCH-04 error t /schema/t 1"});
}

TEST_CASE("a table gets a key after rows came without one") {
  Sync sync({.select = {"SCH"}});
  sync.call(page("t", "{}"));
  CHECK(scene::lines(sync.call(page("t", R"({"t":{"primary_key":["id"]}})")).findings) ==
        Lines{"SCH-04 error t /schema/t 1"});
}

TEST_CASE("tables that were declared and never filled are noted at the end") {
  Sync sync;
  sync.call(page("t", R"({"t":{"primary_key":["id"]},"u":{"primary_key":["id"]}})", false));
  CHECK(scene::lines(sync.end(), Severity::info) == Lines{"SCH-05 info - /schema 1"});
  CHECK(sync.end(false).empty());
}
