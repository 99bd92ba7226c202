// SPDX-License-Identifier: Apache-2.0
#include "rules/unique_columns.hpp"
#include "scene.hpp"

#include <doctest/doctest.h>

using core::Severity;
using scene::Lines;
using scene::Sync;

namespace {

std::string page(std::string_view rows, std::string_view key = R"("id")") {
  return fmt::format(
      R"({{"state":{{"n":1}},"insert":{{"t":[{}]}},"schema":{{"t":{{"primary_key":[{}]}}}},"hasMore":false}})",
      rows, key);
}

std::string unique(std::string_view rows, std::vector<std::string_view> key = {}) {
  const auto response = protocol::parse(base::PaddedBuffer(page(rows)));
  std::string names;
  for (const std::string_view name : rules::unique_columns(response.inserts.at(0), key))
    names += std::string(names.empty() ? "" : "+") + std::string(name);
  return names;
}

// Thirty records whose keys begin at `first`.
std::string records(int first, std::string_view key_form = "{}") {
  std::string rows;
  for (int i = 0; i < 30; ++i)
    rows += fmt::format(R"({}{{"id":{},"name":"n{}"}})", i == 0 ? "" : ",",
                        fmt::format(fmt::runtime(key_form), first + i), i);
  return rows;
}

}  // namespace

TEST_CASE("the smallest set of columns that tells the rows apart") {
  CHECK(unique(R"({"id":1,"site":"US"},{"id":1,"site":"EU"})", {"id"}) == "id+site");
  CHECK(unique(R"({"id":1,"a":1,"b":1},{"id":1,"a":1,"b":2},{"id":1,"a":2,"b":1})", {"id"}) ==
        "id+a+b");
  // Equal rows are one record.
  CHECK(unique(R"({"id":1,"site":"US"},{"id":1,"site":"US"},{"id":1,"site":"EU"})", {"id"}) ==
        "id+site");
  // Fractions, nested values and columns that a row lacks are no part of a key.
  CHECK(unique(R"({"id":1,"v":1.5},{"id":1,"v":2.5})", {"id"}) == "");
  CHECK(unique(R"({"id":1,"v":[1]},{"id":1,"v":[2]})", {"id"}) == "");
  CHECK(unique(R"({"id":1,"v":1},{"id":1})", {"id"}) == "");
  // A name that identifies comes before one that happens to be unique.
  CHECK(unique(R"({"name":"a","orderId":1},{"name":"b","orderId":2})") == "orderId");
  CHECK(unique(R"({"name":"a"},{"name":"b"})") == "");
}

TEST_CASE("colliding rows and tables without key come with a key that would do") {
  Sync sync;
  const auto found =
      sync.call(page(R"({"id":1,"site":"US","v":1},{"id":1,"site":"EU","v":1})")).findings;
  REQUIRE(found.size() == 1);
  CHECK(found[0].fix ==
        "if these are different records, use `id` and `site` as the key (unique on the 2 rows of "
        "this page); else send only the latest version of each");
  Sync other;
  const auto keyless =
      other.call(R"({"state":{},"insert":{"t":[{"id":1},{"id":2}]},"hasMore":false})").findings;
  REQUIRE(keyless.size() == 1);
  CHECK(keyless[0].evidence.back() == "unique on the 2 rows of this page: `id`");
}

TEST_CASE("the same records under new keys") {
  Sync sync({.select = {"ROW-07"}});
  const auto next = [&](const std::string& body, std::uint64_t replaced = 0) {
    sync.begin(R"({"n":1})");
    core::TableLoad table;
    table.table = "t";
    table.replaced = replaced;
    sync.call(body, {{table}});
    return scene::lines(sync.end(), Severity::info);
  };
  CHECK(next(page(records(0))).empty());
  CHECK(next(page(records(100))) == Lines{"ROW-07 warning t - 1"});
  // The keys were known: a full reload, which is STA-03's.
  CHECK(next(page(records(100)), 30).empty());
  // A sync without rows lies between; what counts is the last one that had some.
  CHECK(next(R"({"state":{"n":1},"insert":{},"hasMore":false})").empty());
  CHECK(next(page(records(200))) == Lines{"ROW-07 warning t - 1"});
  CHECK(next(page(R"({"id":1,"name":"other"})")).empty());
}

TEST_CASE("snapshots by day are kept on purpose, and few records prove nothing") {
  Sync sync({.select = {"ROW-07"}});
  sync.begin("{}");
  sync.call(page(records(0, R"("2024-01-05T10:00:00.{:03}Z")")));
  sync.begin(R"({"n":1})");
  sync.call(page(records(0, R"("2024-01-06T10:00:00.{:03}Z")")));
  CHECK(scene::lines(sync.end(), Severity::info) == Lines{"ROW-07 info t - 1"});
  Sync few({.select = {"ROW-07"}});
  few.call(page(R"({"id":1,"v":"a"})"));
  few.begin(R"({"n":1})");
  few.call(page(R"({"id":2,"v":"a"})"));
  CHECK(few.end().empty());
}

TEST_CASE("a key column that differs in letter case only is told as such") {
  Sync sync;
  const auto found = sync.call(page(R"({"ID":1})")).findings;
  REQUIRE(scene::lines(found) == Lines{"ROW-01 error t /insert/t/0 1"});
  CHECK(found[0].message ==
        "no row of `t` under `insert` has the key column `id`, but one in other letter case: did "
        "you mean `ID`?");
}
