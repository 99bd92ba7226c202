// SPDX-License-Identifier: Apache-2.0
#include "rules/date_text.hpp"
#include "scene.hpp"

#include <doctest/doctest.h>

using core::ColumnType;
using core::Severity;
using scene::Lines;
using scene::Sync;

namespace {

std::string page(std::string_view rows) {
  return fmt::format(
      R"({{"state":{{"n":1}},"insert":{{"t":[{}]}},"schema":{{"t":{{"primary_key":["id"]}}}},"hasMore":false}})",
      rows);
}
Lines judged(std::string_view rows) {
  return scene::judged(page(rows), {.select = {"TYP"}}, Severity::info);
}

core::LoadFacts widened(ColumnType from, ColumnType to) {
  core::TableLoad table;
  table.table = "t";
  table.widened.push_back({"v", from, to, 1});
  return {{table}};
}

}  // namespace

TEST_CASE(
    "a column that takes a wider number or time is a note, one that ends as a text a warning") {
  Sync sync;
  sync.call(page(R"({"id":1},{"id":2,"v":"x"})"));
  const auto found = sync.load(widened(ColumnType::integer, ColumnType::string));
  REQUIRE(scene::lines(found) == Lines{"TYP-01 warning t /insert/t/1/v 1"});
  CHECK(found[0].message == "`v` of `t` was INT and becomes STRING, because of \"x\"");
  CHECK(found[0].subject == "v");
  CHECK(scene::lines(sync.load(widened(ColumnType::integer, ColumnType::double_float)),
                     Severity::info) == Lines{"TYP-01 info t /insert/t/1/v 1"});
  CHECK(scene::lines(sync.load(widened(ColumnType::boolean, ColumnType::json))) ==
        Lines{"TYP-01 warning t /insert/t/1/v 1"});
}

TEST_CASE("one cause, one finding: a page that is mixed by itself is not told as widened, too") {
  Sync sync;
  CHECK(scene::lines(sync.call(page(R"({"id":1,"v":1},{"id":2,"v":"x"})")).findings) ==
        Lines{"TYP-02 warning t /insert/t/1/v 1"});
  CHECK(sync.load(widened(ColumnType::integer, ColumnType::string)).empty());
}

TEST_CASE("kinds of values that share no type") {
  CHECK(judged(R"({"id":1,"v":1},{"id":2,"v":true})") == Lines{"TYP-02 warning t /insert/t/1/v 1"});
  CHECK(judged(R"({"id":1,"v":[1]},{"id":2,"v":true})") ==
        Lines{"TYP-02 warning t /insert/t/1/v 1"});
  CHECK(judged(R"({"id":1,"v":1},{"id":2,"v":2.5},{"id":3,"v":null},{"id":4})").empty());
  CHECK(judged(R"({"id":1,"v":"2024-01-01"},{"id":2,"v":"2024-01-01T00:00:00Z"})").empty());
  // A number that fits no number type is still a number.
  CHECK(judged(R"({"id":1,"v":1},{"id":2,"v":1234567890123456789012345678901234567890})") ==
        Lines{"TYP-03 warning t /insert/t/1/v 1"});
  // More texts than dates: free text.
  CHECK(judged(R"({"id":1,"v":"2024-01-01"},{"id":2,"v":"a"},{"id":3,"v":"b"})") ==
        Lines{"TYP-02 info t /insert/t/1/v 1"});
}

TEST_CASE("empty texts among dates are told as such") {
  Sync sync;
  const auto found =
      sync.call(page(R"({"id":1,"v":"2024-01-01"},{"id":2,"v":""},{"id":3,"v":"2024-01-02"})"))
          .findings;
  REQUIRE(found.size() == 1);
  CHECK(found[0].fix == "send null instead of an empty text in `v`");
  CHECK(
      found[0].message ==
      "`v` of `t` holds dates or times (2) and texts (1) on this page: the column becomes STRING");
}

TEST_CASE("integers beyond doubles and beyond 64 bits") {
  CHECK(judged(R"({"id":9007199254740991})").empty());
  CHECK(judged(R"({"id":9007199254740992})") == Lines{"TYP-03 info t /insert/t/0/id 1"});
  CHECK(judged(R"({"id":-9223372036854775808})") == Lines{"TYP-03 info t /insert/t/0/id 1"});
  CHECK(judged(R"({"id":9223372036854775808})") == Lines{"TYP-03 warning t /insert/t/0/id 1"});
  CHECK(judged(R"({"id":1234567890.1234567890123})").empty());
}

TEST_CASE("texts that hold JSON") {
  CHECK(judged(R"({"id":1,"v":"[1, 2]"})") == Lines{"TYP-04 info t /insert/t/0/v 1"});
  CHECK(judged(R"({"id":1,"v":"[a]"},{"id":2,"v":"{}"},{"id":3,"v":"{\"a\":}"})").empty());
}

TEST_CASE("nested values and empty columns are told once") {
  Sync sync({.select = {"TYP"}});
  const std::string body = page(R"({"id":1,"v":{"a":1},"w":null})");
  for (const int times : {1, 0}) {
    sync.call(body);
    // `call` has absorbed the page; what the load sees is the history before it.
    core::History before = sync.history;
    if (times == 1) sync.history = {};
    CHECK(sync.load({}).size() == static_cast<std::size_t>(times));
    sync.history = before;
  }
  CHECK(scene::lines(sync.end(), Severity::info) == Lines{"TYP-06 info t - 1"});
  sync.call(page(R"({"id":2,"w":3})"));
  CHECK(sync.end().empty());
}

TEST_CASE("times without a zone beside times with one") {
  CHECK(judged(R"({"id":1,"v":"2024-01-01T00:00:00"},{"id":2,"v":"2024-01-01T00:00:00Z"})") ==
        Lines{"TYP-07 warning t /insert/t/0/v 1"});
  CHECK(judged(R"({"id":1,"v":"2024-01-01T00:00:00"})") == Lines{"TYP-07 info t /insert/t/0/v 1"});
}

TEST_CASE("texts that look like dates in another form") {
  using rules::odd_date_form;
  CHECK(odd_date_form("01/02/2021") == "a date whose day and month cannot be told apart");
  CHECK(odd_date_form("2021/02/01") == "a date written with slashes");
  CHECK(odd_date_form("1.12.2021 10:30") == "a date written with dots");
  CHECK(odd_date_form("2024-01-05T10:00:00+0200") == "a time whose offset lacks its colon");
  CHECK(odd_date_form("2024-01-05T10-30-00Z") == "a time with hyphens where colons belong");
  CHECK(odd_date_form("Mon, 01 Jan 2024 00:00:00 GMT") == "a date in the form of mails");
  for (const std::string_view text :
       {"2024-01-05", "1.2.21", "10.0.0.1", "192.168.10.12", "31/31/2021", "0/5/2021", "1/2/3",
        "555-0100-22", "2021-13", "12345678", "-1/-2/2021", "01/02/2021 report", "1-2-3", ""})
    CHECK_MESSAGE(odd_date_form(text).empty(), text);
  // One text of another kind makes it a column of texts.
  CHECK(judged(R"({"id":1,"v":"01/02/2021"},{"id":2,"v":"later"})").empty());
}

TEST_CASE("replaced characters are counted") {
  CHECK(judged(R"({"id":1,"v":"a\u0000\ud800"})") == Lines{"TYP-08 warning - /insert/t/0/v 2"});
  CHECK(judged(R"({"id":1,"v":"\ufffd"})").empty());
}
