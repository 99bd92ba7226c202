// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using core::Severity;
using scene::judged;
using scene::Lines;
using scene::Sync;

namespace {

std::string page(std::string_view rest, bool more = false) {
  return fmt::format(R"({{"state":{{"n":1}},{},"hasMore":{}}})", rest, more);
}
constexpr const char* kKey = R"("schema":{"t":{"primary_key":["id"]}})";

core::LoadFacts marked(std::uint64_t rows) {
  core::TableLoad table;
  table.table = "t";
  table.soft_marked = rows;
  return {{table}};
}

}  // namespace

TEST_CASE("deletes need a key in the same response") {
  CHECK(judged(page(R"("insert":{"t":[{"id":1}]},"delete":{"t":[{"id":2}]})")) ==
        Lines{"DEL-01 error t /delete/t 1"});
  CHECK(
      judged(page(fmt::format(R"("insert":{{}},"delete":{{"t":[{{"id":2}}]}},{})", kKey))).empty());
}

TEST_CASE("a key that is inserted and deleted is shown from both sides") {
  Sync sync;
  const auto found =
      sync
          .call(page(fmt::format(
              R"("insert":{{"t":[{{"id":1}},{{"id":2,"v":3}}]}},"delete":{{"t":[{{"id":9}},{{"id":2}}]}},"softDelete":["t"],{})",
              kKey)))
          .findings;
  REQUIRE(found.size() == 1);
  CHECK(scene::line(found[0]) == "DEL-02 warning t /delete/t/1 1");
  CHECK(found[0].evidence ==
        Lines{R"(/insert/t/1: {"id":2,"v":3})", R"(/delete/t/1: {"id":2} (wins))"});
}

TEST_CASE("softDelete must be a list of tables that the response knows") {
  const auto soft = [](std::string_view value) {
    return judged(
        page(fmt::format(R"("insert":{{"t":[{{"id":1}}]}},"softDelete":{},{})", value, kKey)), {},
        Severity::info);
  };
  CHECK(soft(R"(["t"])").empty());
  CHECK(soft("[]").empty());
  CHECK(soft("true") == Lines{"DEL-04 warning - /softDelete 1"});
  CHECK(soft("false") == Lines{"DEL-04 info - /softDelete 1"});
  CHECK(soft(R"("t")") == Lines{"DEL-04 warning - /softDelete 1"});
  CHECK(soft(R"(["t",1,2])") == Lines{"DEL-04 warning - /softDelete/1 2"});
  CHECK(soft(R"(["t","u"])") == Lines{"DEL-05 error u /softDelete/1 1"});
}

TEST_CASE("softDelete on several pages of one sync warns") {
  const std::string body =
      fmt::format(R"("insert":{{"t":[{{"id":1}}]}},"softDelete":["t"],{})", kKey);
  Sync sync({.select = {"DEL"}});
  CHECK(sync.call(page(body, true)).findings.empty());
  CHECK(scene::lines(sync.call(page(body)).findings) == Lines{"DEL-06 warning t /softDelete 1"});
  sync.begin(R"({"n":1})");
  CHECK(sync.call(page(body)).findings.empty());
}

TEST_CASE("softDelete true names every table that brings rows") {
  const std::string body =
      fmt::format(R"("insert":{{"t":[{{"id":1}}]}},"softDelete":true,{})", kKey);
  Sync sync({.select = {"DEL-06"}});
  CHECK(sync.call(page(body, true)).findings.empty());
  CHECK(sync.call(page(R"("insert":{"u":[{"id":1}]},"softDelete":true)", true)).findings.empty());
  CHECK(scene::lines(sync.call(page(body)).findings) == Lines{"DEL-06 warning t /softDelete 1"});
}

TEST_CASE("softDelete in an incremental sync warns when half of the live rows did not come again") {
  const auto ended = [](std::string_view start, std::uint64_t live) {
    Sync sync({.select = {"DEL-06"}});
    sync.begin(std::string(start));
    sync.call(page(fmt::format(R"("insert":{{"t":[{{"id":1}},{{"id":2}}]}},"softDelete":["t"],{})",
                               kKey)),
              marked(live));
    return scene::lines(sync.end());
  };
  CHECK(ended(R"({"n":1})", 4) == Lines{"DEL-06 warning t /softDelete 1"});
  CHECK(ended(R"({"n":1})", 3).empty());
  CHECK(ended(R"({"n":1})", 0).empty());
  CHECK(ended("{}", 4).empty());
}

TEST_CASE("deletes without softDelete and of unknown rows are noted") {
  Sync sync;
  CHECK(scene::lines(
            sync.call(page(fmt::format(R"("insert":{{}},"delete":{{"t":[{{"id":2}}]}},{})", kKey)))
                .findings,
            Severity::info) == Lines{"DEL-07 info t /delete/t 1"});
  core::TableLoad table;
  table.table = "t";
  table.unknown_deletes = 5;
  table.unknown_delete_examples.push_back({0, "id=2", {}, ""});
  CHECK(scene::lines(sync.load({{table}}), Severity::info) == Lines{"DEL-03 info t /delete/t/0 5"});
}
