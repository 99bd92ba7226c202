// SPDX-License-Identifier: Apache-2.0
#include "workflows/table_samples.hpp"

#include "destinations/registry.hpp"
#include "support/page_builder.hpp"

#include <doctest/doctest.h>

using Row = std::vector<std::optional<std::string>>;

namespace {

struct Filled {
  std::unique_ptr<core::Destination> destination;
  std::vector<core::Table> tables;

  explicit Filled(const std::string& response) {
    auto opened = destinations::open("memory:", "", {});
    REQUIRE(opened.has_value());
    destination = std::move(*opened);
    support::PageBuilder pages;
    const int sync = *destination->begin_sync("s", pages.now());
    REQUIRE(destination->load(pages.page(sync, response)).has_value());
    tables = *destination->tables();
  }
};

}  // namespace

TEST_CASE("of each table the first rows, without system columns") {
  const Filled filled(R"({"insert": {"t": [{"id": 1, "a": "x"}, {"id": 2}, {"id": 3, "a": ""},
      {"id": 4}], "u": [{"j": {"k": [1]}}]}, "schema": {"t": {"primary_key": ["id"]}}})");
  const auto samples = workflows::table_samples(*filled.destination, filled.tables);
  REQUIRE(samples.size() == 2);
  CHECK(samples[0].table == "t");
  CHECK(samples[0].columns == std::vector<std::string>{"id", "a"});
  CHECK(samples[0].rows == std::vector<Row>{{"1", "x"}, {"2", std::nullopt}, {"3", ""}});
  CHECK(samples[1].rows == std::vector<Row>{{R"({"k":[1]})"}});
}

TEST_CASE("a table that cannot be read is left out, and a very large cell tells its size") {
  Filled filled(R"({"insert": {"t": [{"a": ")" + std::string(70'000, 'x') + R"("}]}})");
  core::Table missing;
  missing.name = "missing";
  missing.rows = 1;
  missing.columns = {{"a", "a", core::ColumnType::string}};
  filled.tables.push_back(missing);
  const auto samples = workflows::table_samples(*filled.destination, filled.tables);
  REQUIRE(samples.size() == 1);
  CHECK(samples[0].rows == std::vector<Row>{{"(70.0 kB)"}});
}
