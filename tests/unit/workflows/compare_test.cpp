// SPDX-License-Identifier: Apache-2.0
#include "workflows/compare.hpp"

#include "destinations/registry.hpp"
#include "support/page_builder.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using workflows::compare;
using workflows::Comparison;
using workflows::Side;

namespace {

// A private destination that was filled with these responses in one sync.
std::unique_ptr<core::Destination> filled(const std::vector<std::string>& responses) {
  auto opened = destinations::open("memory:", "", {});
  REQUIRE(opened.has_value());
  support::PageBuilder pages;
  const int sync = *(*opened)->begin_sync("s", pages.now());
  for (const std::string& response : responses) {
    const auto facts = (*opened)->load(pages.page(sync, response));
    REQUIRE_MESSAGE(facts.has_value(), (facts ? "" : facts.error().message));
  }
  return std::move(*opened);
}

Comparison compared(const std::vector<std::string>& a, const std::vector<std::string>& b,
                    std::size_t examples = 5) {
  const auto left = filled(a);
  const auto right = filled(b);
  auto result = compare(*left, *right, {.examples = examples});
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().message));
  return std::move(*result);
}

std::string keyed(const std::string& rows, const std::string& key = R"("id")") {
  return fmt::format(R"({{"insert": {{"t": [{}]}}, "schema": {{"t": {{"primary_key": [{}]}}}}}})",
                     rows, key);
}

std::string counts(const workflows::TableComparison& t) {
  return fmt::format("same {} changed {} removed {} added {}", t.same, t.changed, t.removed,
                     t.added);
}

}  // namespace

TEST_CASE("the same rows in another order of pages are equal") {
  const Comparison result =
      compared({keyed(R"({"id": 1, "v": "a"}, {"id": 10, "v": "b"})"), keyed(R"({"id": 9})")},
               {keyed(R"({"id": 9}, {"id": 10, "v": "b"})"), keyed(R"({"id": 1, "v": "a"})")});
  CHECK(result.equal());
  REQUIRE(result.tables.size() == 1);
  CHECK(counts(result.tables[0]) == "same 3 changed 0 removed 0 added 0");
  CHECK(result.tables[0].rows_a == 3);
}

TEST_CASE("rows that differ are told by key with the cells that differ") {
  const Comparison result =
      compared({keyed(R"({"id": 1, "v": "a", "w": 1}, {"id": 2, "v": "b"}, {"id": 3, "v": "c"})")},
               {keyed(R"({"id": 1, "v": "x", "w": 1}, {"id": 3, "v": "c"}, {"id": 4, "v": "d"})")});
  CHECK_FALSE(result.equal());
  const auto& t = result.tables[0];
  CHECK(counts(t) == "same 1 changed 1 removed 1 added 1");
  CHECK(t.changed_examples[0].key == "id=1");
  REQUIRE(t.changed_examples[0].cells.size() == 1);
  CHECK(t.changed_examples[0].cells[0].column == "v");
  CHECK(t.changed_examples[0].cells[0].a == "a");
  CHECK(t.changed_examples[0].cells[0].b == "x");
  CHECK(t.removed_examples[0].key == "id=2");
  CHECK(t.added_examples[0].key == "id=4");
  REQUIRE(t.added_examples[0].cells.size() == 2);
  CHECK(t.added_examples[0].cells[1].column == "v");
  CHECK_FALSE(t.added_examples[0].cells[1].a.has_value());
  CHECK(t.added_examples[0].cells[1].b == "d");
}

TEST_CASE("rows behind the other side's last one are told on either side") {
  const std::string one = keyed(R"({"id": 1})"),
                    three = keyed(R"({"id": 1}, {"id": 2}, {"id": 3})");
  CHECK(counts(compared({three}, {one}).tables[0]) == "same 1 changed 0 removed 2 added 0");
  CHECK(counts(compared({one}, {three}).tables[0]) == "same 1 changed 0 removed 0 added 2");
}

TEST_CASE("whole numbers meet in the order of numbers, not of texts") {
  const Comparison result =
      compared({keyed(R"({"id": 10}, {"id": 11})")}, {keyed(R"({"id": 9}, {"id": 10})")});
  CHECK(counts(result.tables[0]) == "same 1 changed 0 removed 1 added 1");
}

TEST_CASE("an empty text and a null are not the same") {
  CHECK_FALSE(compared({keyed(R"({"id": 1, "v": ""}, {"id": 2, "v": "x"})")},
                       {keyed(R"({"id": 1, "v": null}, {"id": 2, "v": "x"})")})
                  .equal());
}

TEST_CASE("tables that only one side has") {
  const Comparison result =
      compared({R"({"insert": {"b": [{"x": 1}], "c": [{"x": 1}, {"x": 2}]}})"},
               {R"({"insert": {"a": [{"x": 1}], "b": [{"x": 1}]}})"});
  CHECK_FALSE(result.equal());
  REQUIRE(result.tables.size() == 3);
  CHECK(result.tables[0].side == Side::only_b);
  CHECK(result.tables[1].equal());
  CHECK(result.tables[2].side == Side::only_a);
  CHECK(result.tables[2].removed == 2);
}

TEST_CASE("tables without key are compared as multisets") {
  const auto log = [](const std::string& rows) {
    return fmt::format(R"({{"insert": {{"log": [{}]}}}})", rows);
  };
  const Comparison same =
      compared({log(R"({"m": "a", "n": 1}, {"m": "b"}, {"m": "a", "n": 1})")},
               {log(R"({"m": "a", "n": 1})"), log(R"({"n": 1, "m": "a"}, {"m": "b"})")});
  CHECK(same.equal());
  CHECK(counts(same.tables[0]) == "same 3 changed 0 removed 0 added 0");
  const Comparison other = compared({log(R"({"m": "a"}, {"m": "a"}, {"m": "b"})")},
                                    {log(R"({"m": "a"}, {"m": "b"}, {"m": "b"}, {"m": null})")});
  CHECK(counts(other.tables[0]) == "same 2 changed 0 removed 1 added 2");
  CHECK(other.tables[0].removed_examples[0].cells[0].a == "a");
  CHECK(other.tables[0].removed_examples[0].key.empty());
}

TEST_CASE("a type that is only wider is told and tolerated") {
  const Comparison result = compared({keyed(R"({"id": 1, "n": 5, "d": "2024-01-01T00:00:00"})")},
                                     {keyed(R"({"id": 1, "n": 5.0, "d": "2024-01-01"})")});
  CHECK(result.equal());
  REQUIRE(result.tables[0].types.size() == 2);
  CHECK(result.tables[0].types[0].column == "n");
  CHECK(result.tables[0].types[0].a == core::ColumnType::short_integer);
  CHECK(result.tables[0].types[0].b == core::ColumnType::double_float);
  CHECK(result.tables[0].types[0].width_only);
}

TEST_CASE("another type is a difference even when the texts are the same") {
  const Comparison result =
      compared({keyed(R"({"id": 1, "n": 5})")}, {keyed(R"({"id": 1, "n": "5"})")});
  CHECK_FALSE(result.equal());
  CHECK(counts(result.tables[0]) == "same 1 changed 0 removed 0 added 0");
  CHECK_FALSE(result.tables[0].types[0].width_only);
}

TEST_CASE("a column that only one side has") {
  const Comparison result =
      compared({keyed(R"({"id": 1, "v": "a"}, {"id": 2})")}, {keyed(R"({"id": 1}, {"id": 2})")});
  CHECK(counts(result.tables[0]) == "same 1 changed 1 removed 0 added 0");
  REQUIRE(result.tables[0].types.size() == 1);
  CHECK(result.tables[0].types[0].b == core::ColumnType::none);
  CHECK_FALSE(result.equal());
}

TEST_CASE("keys of different types meet in one order") {
  std::string numbers, texts;
  for (int i = 0; i < 120; ++i) {
    numbers += fmt::format("{}{{\"id\": {}, \"v\": {}}}", i == 0 ? "" : ",", i, i);
    texts += fmt::format("{}{{\"id\": \"{}\", \"v\": {}}}", i == 0 ? "" : ",", i, i);
  }
  const Comparison result = compared({keyed(numbers)}, {keyed(texts + R"(, {"id": "x", "v": 0})")});
  CHECK(counts(result.tables[0]) == "same 120 changed 0 removed 0 added 1");
  const Comparison doubles =
      compared({keyed(numbers)}, {keyed(numbers + R"(, {"id": 2.5, "v": 0})")});
  CHECK(counts(doubles.tables[0]) == "same 120 changed 0 removed 0 added 1");
}

TEST_CASE("keys that differ are told and rows are compared as a whole") {
  const Comparison result =
      compared({keyed(R"({"id": 1, "r": 1}, {"id": 2, "r": 1})")},
               {keyed(R"({"id": 1, "r": 1}, {"id": 2, "r": 2})", R"("id", "r")")});
  CHECK_FALSE(result.equal());
  CHECK(result.tables[0].key_b == std::vector<std::string>{"id", "r"});
  CHECK(counts(result.tables[0]) == "same 1 changed 0 removed 1 added 1");
}

TEST_CASE("the order of the parts of a key does not matter") {
  CHECK(compared({keyed(R"({"a": 1, "b": 2}, {"a": 2, "b": 1})", R"("a", "b")")},
                 {keyed(R"({"a": 2, "b": 1}, {"a": 1, "b": 2})", R"("b", "a")")})
            .equal());
}

TEST_CASE("rows that are softly deleted differ from rows that live") {
  const std::string rows = R"({"id": 1}, {"id": 2})";
  const std::string deletion =
      R"({"delete": {"t": [{"id": 2}]}, "softDelete": ["t"], "schema": {"t": {"primary_key": ["id"]}}})";
  const Comparison result = compared({keyed(rows)}, {keyed(rows), deletion});
  CHECK_FALSE(result.equal());
  // Row 1 came in the same sync, so softDelete leaves it alone.
  CHECK(counts(result.tables[0]) == "same 1 changed 1 removed 0 added 0");
  CHECK(result.tables[0].changed_examples[0].cells[0].column == "_fivetran_deleted");
  CHECK(result.tables[0].changed_examples[0].cells[0].a == "false");
  CHECK(result.tables[0].changed_examples[0].cells[0].b == "true");
}

TEST_CASE("examples are limited, counts are not") {
  std::string rows;
  for (int i = 0; i < 50; ++i) rows += fmt::format("{}{{\"id\": {}}}", i == 0 ? "" : ",", i);
  const Comparison result = compared({keyed(rows)}, {keyed(R"({"id": 1000})")}, 3);
  CHECK(result.tables[0].removed == 50);
  CHECK(result.tables[0].removed_examples.size() == 3);
}

TEST_CASE("rows whose key has a null part are matched as a whole") {
  const auto pages = [](const char* first, const char* second) {
    return std::vector<std::string>{keyed(first), keyed(second),
                                    keyed(R"({"id": 9, "r": "x"})", R"("id", "r")")};
  };
  CHECK(compared(pages(R"({"id": 1, "v": "a"})", R"({"id": 2, "v": "b"})"),
                 pages(R"({"id": 2, "v": "b"})", R"({"id": 1, "v": "a"})"))
            .equal());
}

TEST_CASE("two empty destinations are equal") {
  CHECK(compared({}, {}).equal());
}
