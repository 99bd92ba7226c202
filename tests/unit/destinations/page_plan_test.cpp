// SPDX-License-Identifier: Apache-2.0
#include "destinations/page_plan.hpp"

#include "protocol/parse.hpp"

#include <doctest/doctest.h>

using destinations::Catalog;
using destinations::TablePlan;

namespace {

constexpr auto kRenamed = protocol::Naming::fivetran;

core::SyncResponse parsed(std::string_view json) {
  return protocol::parse(base::PaddedBuffer(json));
}

// What is stored needs no digits of a DECIMAL.
std::vector<TablePlan> plan_page(const core::SyncResponse& response, const Catalog& stored) {
  return *destinations::plan_page(
      response, stored, {},
      [](const std::string&, const core::Column&) { return protocol::DecimalDigits(); });
}

Catalog one_table(std::vector<core::Column> columns, std::vector<std::string> key) {
  core::Table table;
  table.name = table.source = "t";
  table.columns = std::move(columns);
  table.primary_key = std::move(key);
  return {{"t", table}};
}

}  // namespace

TEST_CASE("a page that fits changes nothing") {
  const Catalog stored = one_table({{"id", "id", core::ColumnType::integer, true, false},
                                    {"v", "v", core::ColumnType::string, false, false}},
                                   {"id"});
  const auto response = parsed(
      R"({"insert": {"t": [{"id": 5, "v": "x"}, {"id": 6}]}, "schema": {"t": {"primary_key": ["id"]}}})");
  const auto plans = plan_page(response, stored);
  REQUIRE(plans.size() == 1);
  CHECK(plans[0].exists);
  CHECK_FALSE(plans[0].reshapes());
  CHECK_FALSE(plans[0].notes_changed);
  CHECK(plans[0].sources[0].inserts.targets == std::vector<int>{0, 1});
  CHECK(plans[0].sources[0].inserts.usable.empty());
}

TEST_CASE("a row that holds its key twice counts as having it once") {
  // PageColumn::values counts both cells of the first row, so the counts alone would say that each
  // row has its key.
  const auto response = parsed(
      R"({"insert": {"t": [{"id": 1, "id": 1}, {"v": 2}]}, "schema": {"t": {"primary_key": ["id"]}}})");
  const auto plans = plan_page(response, {});
  REQUIRE(plans.size() == 1);
  CHECK(plans[0].sources[0].inserts.usable == std::vector<bool>{true, false});
  CHECK(plans[0].table.columns.size() == 1);
}

TEST_CASE("two columns for one part of the key do not stand in for another part") {
  const auto response = parsed(
      R"({"insert": {"t": [{"aB": 1, "a_b": 2}]}, "schema": {"t": {"primary_key": ["aB", "c"]}}})");
  const auto plans = plan_page(response, {});
  CHECK(plans[0].sources[0].inserts.accepted == 0);
  CHECK_FALSE(plans[0].is_stored());
}

TEST_CASE("the first row that widens a column is told by its place in the response") {
  const Catalog stored = one_table({{"id", "id", core::ColumnType::integer, true, false},
                                    {"v", "v", core::ColumnType::short_integer, false, false}},
                                   {"id"});
  const auto response = parsed(
      R"({"insert": {"t": [{"id": 1, "v": 1}, 7, {"id": 2, "v": 2.5}, {"id": 3, "v": "x"}]}})");
  const auto plans = plan_page(response, stored);
  REQUIRE(plans[0].sources[0].widened.size() == 1);
  CHECK(plans[0].sources[0].widened[0].position == 2);
  CHECK(plans[0].sources[0].widened[0].to == core::ColumnType::string);
}

TEST_CASE("a remembered big integer decides without any in the page") {
  const Catalog stored = one_table({{"id", "id", core::ColumnType::integer, true, false},
                                    {"v", "v", core::ColumnType::long_integer, false, true}},
                                   {"id"});
  const auto response = parsed(R"({"insert": {"t": [{"id": 1, "v": 0.5}]}})");
  const auto plans = plan_page(response, stored);
  CHECK(plans[0].table.columns[1].type == core::ColumnType::decimal);
}

TEST_CASE("names that an engine reserves get an underscore everywhere") {
  CHECK(destinations::stored_table_name("sqliteStat", kRenamed) == "_sqlite_stat");
  CHECK(destinations::stored_table_name("sqlite_stat1", kRenamed) == "_sqlite_stat_1");
  CHECK(destinations::stored_column_name("", kRenamed) == "_");
}
