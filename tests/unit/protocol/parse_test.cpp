// SPDX-License-Identifier: Apache-2.0
#include "protocol/parse.hpp"

#include <string>

#include <doctest/doctest.h>

using core::BodyForm;
using core::ColumnType;
using core::JsonKind;

namespace {

core::SyncResponse parse(std::string_view text) {
  return protocol::parse(base::PaddedBuffer(text));
}

std::string cell(const core::TableRows& table, std::size_t row, std::string_view column) {
  const core::Value* value = core::find(table.row(row), table.column_index(column));
  return value == nullptr ? "-" : std::string(value->text());
}

}  // namespace

TEST_CASE("the reference response of the contract is read in full") {
  const auto r = parse(R"({"state":{"cursor":"2018-01-01T00:00:00Z"},
    "insert":{"transactions":[{"date":"2017-12-31T05:12:05Z","order_id":1001,"amount":"$1200"}]},
    "delete":{"transactions":[{"date":"2017-12-31T05:12:05Z","order_id":1000}]},
    "schema":{"transactions":{"primary_key":["order_id","date"]}},
    "softDelete":["transactions"],"hasMore":true})");
  REQUIRE(r.facts.form == BodyForm::object);
  CHECK(r.state.raw == R"({"cursor":"2018-01-01T00:00:00Z"})");
  CHECK(r.has_more.value);
  CHECK(r.has_more.exact);
  REQUIRE(r.inserts.size() == 1);
  CHECK(r.inserts[0].name == "transactions");
  REQUIRE(r.inserts[0].rows() == 1);
  CHECK(cell(r.inserts[0], 0, "order_id") == "1001");
  CHECK(cell(r.inserts[0], 0, "amount") == "$1200");
  CHECK(r.inserts[0].columns[0].has(ColumnType::instant));
  CHECK(r.inserts[0].columns[1].has(ColumnType::short_integer));
  CHECK(r.delete_rows() == 1);
  REQUIRE(r.schema.size() == 1);
  CHECK(r.schema[0].primary_key == std::vector<std::string_view>{"order_id", "date"});
  CHECK(r.soft_delete_tables == std::vector<std::string_view>{"transactions"});
  CHECK(r.facts.unknown_keys.empty());
  CHECK(r.facts.misplaced_count == 0);
}

TEST_CASE("cells keep digits, resolve escapes and bring JSON into normal form") {
  const auto r =
      parse(R"({"insert":{"t":[{"n":1.50,"big":12345678901234567890,"s":"a\"\u00e9\ud83d\ude00\n",
    "o":{ "a" : [1, 2 ], "k\u0041" : "x\/y" },"e":{},"z":null,"b":true}]}})");
  REQUIRE(r.is_object());
  const auto& t = r.inserts.at(0);
  CHECK(cell(t, 0, "n") == "1.50");
  CHECK(cell(t, 0, "big") == "12345678901234567890");
  CHECK(cell(t, 0, "s") == "a\"é😀\n");
  CHECK(cell(t, 0, "o") == R"({"a":[1,2],"kA":"x/y"})");
  CHECK(cell(t, 0, "e") == "{}");
  CHECK(t.columns[1].has(ColumnType::decimal));
  CHECK(t.columns[1].beyond_double);
  CHECK(t.columns[5].types == 0);
  CHECK(t.columns[5].values == 0);
  CHECK(t.columns[6].has(ColumnType::boolean));
}

TEST_CASE("columns may come late, in another order or be missing") {
  const auto r = parse(R"({"insert":{"t":[{"a":1,"b":2},{"b":3,"a":4},{"c":5},{}]}})");
  const auto& t = r.inserts.at(0);
  REQUIRE(t.rows() == 4);
  CHECK(cell(t, 1, "a") == "4");
  CHECK(cell(t, 1, "b") == "3");
  CHECK(cell(t, 2, "a") == "-");
  CHECK(cell(t, 2, "c") == "5");
  CHECK(t.row(3).empty());
}

TEST_CASE("a key is known again however it is written") {
  const auto r = parse(R"({"insert":{"t":[{"id":1,"name":"a"},{ "id" : 2 ,
    "name"
    :"b"},{"\u0069d":3,"nam\u0065":"c"},{"name":"d","id":4},{"id":5,"nam":"e"},{"idx":6}]}})");
  const core::TableRows& t = r.inserts.at(0);
  REQUIRE(t.rows() == 6);
  CHECK(t.columns.size() == 4);
  for (std::size_t row = 0; row < 5; ++row) CHECK(cell(t, row, "id") == std::to_string(row + 1));
  CHECK(cell(t, 2, "name") == "c");
  CHECK(cell(t, 4, "nam") == "e");
  CHECK(cell(t, 5, "idx") == "6");
  CHECK(parse(R"({"insert":{"t":[{"id":1},{"id"x:2}]}})").facts.form == BodyForm::syntax_fault);
  CHECK(parse(R"({"insert":{"t":[{"id":1},{"id"]}})").facts.form == BodyForm::syntax_fault);
}

TEST_CASE("a key with a backslash in its name is not taken for its escaped twin") {
  const auto r = parse(R"({"insert":{"t":[{"a\\n":1,"b":2},{"a\n":3,"b":4},{"a\\n":5,"b":6}]}})");
  const core::TableRows& t = r.inserts.at(0);
  CHECK(t.columns.size() == 3);
  CHECK(cell(t, 0, "a\\n") == "1");
  CHECK(cell(t, 1, "a\\n") == "-");
  CHECK(cell(t, 1, "a\n") == "3");
  CHECK(cell(t, 2, "a\\n") == "5");
}

TEST_CASE("escapes in a container are resolved side by side") {
  const auto r =
      parse(R"({"insert":{"t":[{"v":["\ud83d\ude00","\\u0041","\\\u0041\"","\ud83dx","\/"]},
    {"v":[ "\ud83d\ude00", "\\u0041" , "\\\u0041\"","\ud83dx","\/"]}]}})");
  for (const std::size_t row : {0u, 1u})
    CHECK(cell(r.inserts.at(0), row, "v") ==
          "[\"\U0001F600\",\"\\\\u0041\",\"\\\\A\\\"\",\"\uFFFDx\",\"/\"]");
  CHECK(r.facts.replaced_characters == 2);
}

TEST_CASE("many columns are found by name") {
  std::string row1 = "{", row2 = "{";
  for (int i = 0; i < 100; ++i) {
    row1 += "\"c" + std::to_string(i) + "\":" + std::to_string(i) + (i < 99 ? "," : "}");
    row2 += "\"c" + std::to_string(99 - i) + "\":" + std::to_string(i) + (i < 99 ? "," : "}");
  }
  const auto r = parse(R"({"insert":{"t":[)" + row1 + "," + row2 + "]}}");
  CHECK(r.inserts.at(0).columns.size() == 100);
  CHECK(cell(r.inserts.at(0), 1, "c3") == "96");
}

TEST_CASE("a key that a row holds twice counts once, with its last value, and is noted") {
  const auto r =
      parse(R"({"insert":{"t":[{"a":1,"b":2,"a":3}]},"state":{"x":1,"x":2},"state":{}})");
  CHECK(r.inserts.at(0).row(0).size() == 2);
  CHECK(cell(r.inserts.at(0), 0, "a") == "3");
  REQUIRE(r.facts.duplicate_key_count == 3);
  CHECK(r.facts.duplicate_keys[0].pointer == "/insert/t/0");
  CHECK(r.facts.duplicate_keys[0].key == "a");
  CHECK(r.facts.duplicate_keys[1].pointer == "/state");
  CHECK(r.facts.duplicate_keys[2].pointer == "");
  CHECK(r.state.raw == "{}");
}

TEST_CASE("values in the wrong place are facts, not failures") {
  const auto r =
      parse(R"({"insert":{"a":{"id":1},"b":[{"id":1},7,{"id":2}]},"delete":[],"schema":{"a":["id"]},
    "softDelete":["a",1],"stateful":1})");
  REQUIRE(r.is_object());
  REQUIRE(r.facts.misplaced.size() == 5);
  CHECK(r.facts.misplaced[0].pointer == "/insert/a");
  CHECK(r.facts.misplaced[0].kind == JsonKind::object);
  CHECK(r.facts.misplaced[1].pointer == "/insert/b/1");
  CHECK(r.facts.misplaced[2].pointer == "/delete");
  CHECK(r.facts.misplaced[3].pointer == "/schema/a");
  CHECK(r.facts.misplaced[4].pointer == "/softDelete/1");
  CHECK(r.inserts.at(1).rows() == 2);
  CHECK(r.inserts.at(1).position(1) == 2);
  REQUIRE(r.facts.unknown_keys.size() == 1);
  CHECK(r.facts.unknown_keys[0].key == "stateful");
}

TEST_CASE("hasMore is read as Fivetran is known to read it") {
  const auto more = [](std::string_view json) {
    return parse("{\"hasMore\":" + std::string(json) + "}").has_more;
  };
  CHECK(more("true").value);
  CHECK(more("\"True\"").value);
  CHECK_FALSE(more("\"True\"").exact);
  CHECK_FALSE(more("\"false\"").value);
  CHECK(more("\"false\"").usable);
  CHECK(more("1").value);
  CHECK_FALSE(more("null").value);
  CHECK_FALSE(more("\"yes\"").usable);
  CHECK_FALSE(more("{}").usable);
  CHECK_FALSE(parse("{}").has_more.value);
}

TEST_CASE("characters that no warehouse stores are replaced and counted") {
  const auto r =
      parse(R"({"insert":{"t":[{"ok":"\u0041"},{"a":"x\u0000y","b":"\ud800","c":"\udc00z"}]}})");
  CHECK(cell(r.inserts.at(0), 1, "a") == "x\xEF\xBF\xBDy");
  CHECK(cell(r.inserts.at(0), 1, "b") == "\xEF\xBF\xBD");
  CHECK(cell(r.inserts.at(0), 1, "c") == "\xEF\xBF\xBDz");
  CHECK(r.facts.replaced_characters == 3);
  CHECK(r.facts.first_replaced == "/insert/t/1/a");
}

TEST_CASE("roots that are no object") {
  CHECK(parse("").facts.form == BodyForm::empty);
  CHECK(parse(" \n\t").facts.form == BodyForm::empty);
  CHECK(parse("null").facts.root == JsonKind::null);
  CHECK(parse("[]").facts.root == JsonKind::array);
  CHECK(parse(R"("{\"state\":{}}")").facts.root_string_holds_json);
  CHECK_FALSE(parse(R"("done")").facts.root_string_holds_json);
}

TEST_CASE("a broken body gives no rows and says where it broke") {
  const auto r = parse("{\"state\":{},\n \"insert\":{\"t\":[{\"é\":NaN}]}}");
  REQUIRE(r.facts.form == BodyForm::syntax_fault);
  REQUIRE(r.facts.fault);
  CHECK(r.facts.fault->line == 2);
  CHECK(r.facts.fault->column == 22);
  CHECK(r.facts.fault->what == "NaN is not JSON");
  CHECK(r.inserts.empty());
  CHECK(parse("\xEF\xBB\xBF{}").facts.byte_order_mark);
}

TEST_CASE("a response that is moved keeps its rows") {
  auto r = parse(R"({"insert":{"t":[{"a":"x\ny"}]}})");
  const core::SyncResponse moved = std::move(r);
  CHECK(cell(moved.inserts.at(0), 0, "a") == "x\ny");
}
