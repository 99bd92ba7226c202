// SPDX-License-Identifier: Apache-2.0
#include "rules/key_index.hpp"
#include "scene.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using core::ColumnType;
using core::Severity;
using scene::Lines;
using scene::Sync;

namespace {

// A page of table t with these rows and key.
std::string page(std::string_view rows, std::string_view key = R"("id")") {
  return fmt::format(
      R"({{"state":{{"n":1}},"insert":{{"t":[{}]}},"schema":{{"t":{{"primary_key":[{}]}}}},"hasMore":false}})",
      rows, key);
}
// What rows bring along besides is told by other families.
const rules::Options kRows{.select = {"ROW", "DEL"}};

Lines judged(std::string_view rows, std::string_view key = R"("id")") {
  return scene::judged(page(rows, key), kRows, Severity::info);
}
std::vector<core::Finding> findings(std::string_view rows, std::string_view key = R"("id")") {
  Sync sync(kRows);
  return sync.call(page(rows, key)).findings;
}

core::TableLoad table_load() {
  core::TableLoad table;
  table.table = "t";
  table.replaced = 2;
  table.lacking = 2;
  table.lacking_in_all = {"name"};
  table.lacking_examples.push_back({0, "id=1", {"name"}, ""});
  return table;
}

}  // namespace

TEST_CASE("key columns that are missing, null or unstable") {
  CHECK(judged(R"({"id":1},{"x":2},{"x":3})") == Lines{"ROW-01 error t /insert/t/1 2"});
  CHECK(judged(R"({"id":1},{"id":null})") == Lines{"ROW-02 error t /insert/t/1 1"});
  CHECK(judged(R"({"id":{"a":1}})") == Lines{"ROW-03 warning t /insert/t/0 1"});
  CHECK(judged(R"({"id":1.5},{"id":2.5})") == Lines{"ROW-03 warning t /insert/t/0 2"});
  CHECK(judged(R"({"id":""})") == Lines{"ROW-03 warning t /insert/t/0 1"});
  CHECK(judged(R"({"id":1,"v":""})", R"("id","v")") == Lines{"ROW-03 info t /insert/t/0 1"});
  CHECK(judged(R"({"id":12345678901234567890123})").empty());
  CHECK(judged(R"({"id":"a"},{"id":"2024-01-01"})").empty());
}

TEST_CASE("a key column that no row has is told with the column that may be meant") {
  const auto found = findings(R"({"orderId":1},{"orderId":2})", R"("order_id")");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "no row of `t` under `insert` has the key column `order_id`, did you mean `orderId`?");
  CHECK(found[0].count == 2);
}

TEST_CASE("rows to delete need their key, too") {
  CHECK(
      scene::judged(
          R"({"state":{},"insert":{},"delete":{"t":[{"id":null},{"x":1}]},"softDelete":["t"],"schema":{"t":{"primary_key":["id"]}},"hasMore":false})") ==
      Lines{"ROW-01 error t /delete/t/1 1", "ROW-02 error t /delete/t/0 1"});
}

TEST_CASE("two rows of one key: both are shown, with what differs and which wins") {
  const auto found = findings(R"({"id":7,"a":1,"b":2},{"id":8},{"b":3,"id":7,"a":1})");
  REQUIRE(found.size() == 1);
  CHECK(scene::line(found[0]) == "ROW-04 warning t /insert/t/2 1");
  CHECK(found[0].message ==
        "`t` holds two rows with the key id=7 that differ in `b`: the later one wins");
  CHECK(found[0].evidence == Lines{R"(/insert/t/0: {"id":7,"a":1,"b":2})",
                                   R"(/insert/t/2: {"b":3,"id":7,"a":1} (wins))"});
  REQUIRE(found[0].collisions.size() == 1);
  const core::Collision& pair = found[0].collisions[0];
  CHECK(pair.key == "id=7");
  CHECK(pair.first == "/insert/t/0");
  CHECK(pair.second == "/insert/t/2");
  REQUIRE(pair.cells.size() == 2);  // not the key; what differs comes first
  CHECK(pair.cells[0].column == "b");
  CHECK(pair.cells[0].first == "2");
  CHECK(pair.cells[0].second == "3");
  CHECK(pair.cells[0].differs);
  CHECK(pair.cells[1].column == "a");
  CHECK_FALSE(pair.cells[1].differs);
}

TEST_CASE("rows without a usable key do not collide, and 1 is not \"1\"") {
  CHECK(judged(R"({"id":null,"a":1},{"id":null,"a":2})") == Lines{"ROW-02 error t /insert/t/0 2"});
  const auto found = findings(R"({"id":7,"a":1},{"id":7,"a":"1"})");
  CHECK(std::ranges::any_of(found, [](const core::Finding& finding) {
    return scene::line(finding) == "ROW-04 warning t /insert/t/1 1";
  }));
}

TEST_CASE("equal rows of one key are only noted, whatever their order and nulls") {
  CHECK(judged(R"({"id":7,"a":null},{"id":7})") == Lines{"ROW-04 info t /insert/t/1 1"});
  CHECK(judged(R"({"id":1,"k":2,"v":1},{"id":1,"k":3,"v":1})", R"("id","k")").empty());
  CHECK(judged(R"({"id":1,"k":2,"v":1},{"id":1,"k":2,"v":2})", R"("k","id")") ==
        Lines{"ROW-04 warning t /insert/t/1 1"});
}

TEST_CASE("collisions among many rows are found, counted and folded") {
  std::string rows;
  for (int i = 0; i < 5000; ++i)
    rows += fmt::format(R"({}{{"id":"{}","n":{}}})", i ? "," : "", i % 4990, i);
  const auto found = findings(rows);
  REQUIRE(found.size() == 1);
  CHECK(found[0].count == 10);
  CHECK(found[0].evidence.size() == 6);
  CHECK(found[0].pointer == "/insert/t/4990");
}

TEST_CASE("a text and a number never are the same key") {
  CHECK(judged(R"({"id":1},{"id":"1"})") == Lines{"ROW-06 warning t /insert/t/1 1"});
  CHECK(judged(R"({"id":1},{"id":99999999999})").empty());
  CHECK(judged(R"({"id":"2024-01-01"},{"id":"x"})").empty());
}

TEST_CASE("equal hashes do not make equal keys") {
  const auto response = protocol::parse(base::PaddedBuffer(
      page(R"({"a":"x","b":"y"},{"a":"xy","b":""},{"a":"x","b":"y"})", R"("a","b")")));
  const std::vector<std::string_view> names = {"a", "b"};
  const rules::KeyReader reader(response.inserts.at(0), names);
  rules::KeyIndex index(reader);
  rules::Key key;
  REQUIRE(reader.read_usable(0, key));
  CHECK_FALSE(index.put(0, key));
  REQUIRE(reader.read_usable(1, key));
  CHECK_FALSE(index.find(key));
  CHECK_FALSE(index.put(1, key));
  REQUIRE(reader.read_usable(2, key));
  CHECK(index.put(2, key) == 0u);
  CHECK(index.find(key) == 2u);
}

TEST_CASE("keys that ascend are told from those that only nearly do") {
  const auto ascends = [](std::string_view rows, std::vector<std::string_view> key = {"id"}) {
    const auto response = protocol::parse(base::PaddedBuffer(page(rows)));
    return rules::KeyReader(response.inserts.at(0), key).ascends();
  };
  CHECK(ascends(R"({"id":1},{"id":2},{"id":10},{"id":32768},{"id":9007199254740993})"));
  CHECK(ascends(R"({"id":"a"},{"id":"ab"},{"id":"b"})"));
  CHECK(ascends(R"({"id":"2024-01-01"},{"id":"2024-01-02"})"));
  CHECK_FALSE(ascends(R"({"id":1},{"id":1})"));
  CHECK_FALSE(ascends(R"({"id":10},{"id":9})"));
  CHECK_FALSE(ascends(R"({"id":1},{"id":"2"})"));
  CHECK_FALSE(ascends(R"({"id":1},{},{"id":2})"));
  CHECK_FALSE(ascends(R"({"id":1},{"id":null},{"id":1})"));
  // Of other numbers the digits do not tell the order: 1.5 is below 2, and -2 below -1.
  CHECK_FALSE(ascends(R"({"id":1},{"id":1.0})"));
  CHECK_FALSE(ascends(R"({"id":-1},{"id":-2})"));
  CHECK_FALSE(ascends(R"({"id":false},{"id":true})"));
  CHECK_FALSE(ascends(R"({"id":1,"k":1},{"id":2,"k":2})", {"id", "k"}));
}

TEST_CASE("the parts of an index see each key once and nothing twice") {
  std::string rows;
  for (int i = 0; i < 3000; ++i)
    rows += fmt::format(R"({}{{"id":{}}})", i == 0 ? "" : ",", i % 1000);
  const auto response = protocol::parse(base::PaddedBuffer(page(rows)));
  const std::vector<std::string_view> names = {"id"};
  const rules::KeyReader reader(response.inserts.at(0), names);
  std::vector<int> hits(3000);
  std::size_t largest = 0, least = 3000;
  for (std::size_t part = 0; part < 4; ++part) {
    rules::KeyIndex index(reader, part, 4);
    rules::Key key;
    std::size_t new_keys = 0;
    for (std::size_t row = 0; row < 3000; ++row) {
      REQUIRE(reader.read_usable(row, key));
      const auto earlier = index.put(row, key);
      if (earlier) {
        CHECK(*earlier == row - 1000);
        ++hits[row];
      } else if (index.find(key) == row) {
        ++new_keys;
      }
    }
    largest = std::max(largest, new_keys);
    least = std::min(least, new_keys);
  }
  for (std::size_t row = 0; row < 3000; ++row) CHECK(hits[row] == (row < 1000 ? 0 : 1));
  CHECK(largest < 350);
  CHECK(least > 150);
  CHECK(rules::KeyIndex::parts_for(100) == 1);
  CHECK(rules::KeyIndex::parts_for(10'000'000) == 7);
}

TEST_CASE("partial rows warn when all that came again lack the same columns") {
  Sync sync;
  sync.call(page(R"({"id":1,"plan":"pro"},{"id":2,"plan":"pro"})"));
  core::TableLoad table = table_load();
  auto found = sync.load({{table}});
  REQUIRE(found.size() == 1);
  CHECK(scene::line(found[0]) == "ROW-05 warning t /insert/t/0 2");
  CHECK(found[0].message ==
        "2 rows of `t` replaced a stored row, each without `name`: what is stored there becomes "
        "null");
  CHECK(found[0].evidence == Lines{"/insert/t/0: id=1 lacks `name`"});

  table.lacking_in_all.clear();
  found = sync.load({{table}});
  CHECK(scene::lines(found, Severity::info) == Lines{"ROW-05 info t /insert/t/0 2"});
}

TEST_CASE("a column that other rows of the page fill is not missing by design") {
  Sync sync;
  sync.call(page(R"({"id":1},{"id":2},{"id":3,"name":"new"})"));
  CHECK(scene::lines(sync.load({{table_load()}}), Severity::info) ==
        Lines{"ROW-05 info t /insert/t/0 2"});
}

TEST_CASE("a key column that turns into a text on a later page warns") {
  Sync sync(kRows);
  sync.call(page(R"({"id":"a"})"));
  core::TableLoad table;
  table.table = "t";
  table.widened.push_back({"id", ColumnType::integer, ColumnType::string, 0});
  CHECK(scene::lines(sync.load({{table}})) == Lines{"ROW-06 warning t /insert/t/0 1"});
  table.widened[0] = {"id", ColumnType::integer, ColumnType::long_integer, 0};
  CHECK(sync.load({{table}}).empty());
  table.widened[0] = {"id", ColumnType::local_date, ColumnType::string, 0};
  CHECK(sync.load({{table}}).empty());
}
