// SPDX-License-Identifier: Apache-2.0
#include "destinations/registry.hpp"
#include "support/duckdb.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <doctest/doctest.h>

using core::ColumnType;
using Rows = std::vector<std::vector<std::string>>;

namespace {

constexpr const char* kPage = R"({"state": {}, "hasMore": false, "insert": {"t": [
    {"id": 10, "name": "b", "price": 10.5}, {"id": 9, "name": "a", "price": 9.25},
    {"id": -1, "name": "é"}, {"id": 100, "name": "B", "price": 0.5}]},
  "schema": {"t": {"primary_key": ["id"]}}})";

// One table in one engine, "sqlite" or "duckdb".
struct Stored {
  explicit Stored(const std::string& engine) {
    destinations::OpenOptions options;
    options.duckdb_library = support::duckdb_library();
    const std::string path = (folder.path() / "w").string();
    auto opened = destinations::open(engine + ":" + path, "", options);
    REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message));
    destination = std::move(*opened);
    support::PageBuilder pages;
    const int sync = *destination->begin_sync("s", pages.now());
    REQUIRE(destination->load(pages.page(sync, kPage)).has_value());
  }
  // The cells of all rows, a null as "NULL".
  Rows rows(const core::Scan& scan) {
    auto cursor = destination->scan(scan);
    REQUIRE_MESSAGE(cursor.has_value(), (cursor ? "" : cursor.error().message));
    Rows rows;
    for (;;) {
      const auto more = (*cursor)->next();
      REQUIRE_MESSAGE(more.has_value(), (more ? "" : more.error().message));
      if (!*more) return rows;
      auto& row = rows.emplace_back();
      for (const auto& cell : (*cursor)->cells()) row.emplace_back(cell.value_or("NULL"));
    }
  }

  support::TempDir folder;
  std::unique_ptr<core::Destination> destination;
};

std::vector<std::string> engines() {
  std::vector<std::string> names{"sqlite"};
  if (!support::without_duckdb()) names.emplace_back("duckdb");
  return names;
}

// Holds the scan to the same rows from each engine.
void check_scan(const core::Scan& scan, const Rows& rows) {
  for (const std::string& engine : engines()) {
    CAPTURE(engine);
    CHECK(Stored(engine).rows(scan) == rows);
  }
}

}  // namespace

TEST_CASE("a scan orders integers by value, as texts by their bytes") {
  check_scan({"t", {{"id", ColumnType::long_integer}, {"name"}}, 1},
             {{"-1", "é"}, {"9", "a"}, {"10", "b"}, {"100", "B"}});
  check_scan({"t", {{"id", ColumnType::string}}, 1}, {{"-1"}, {"10"}, {"100"}, {"9"}});
}

TEST_CASE("a scan orders texts by their bytes, not by a language") {
  check_scan({"t", {{"name"}, {"id", ColumnType::long_integer}}, 1},
             {{"B", "100"}, {"a", "9"}, {"b", "10"}, {"é", "-1"}});
}

TEST_CASE("a scan orders fractions by value, nulls first") {
  check_scan({"t", {{"price", ColumnType::double_float}, {"id", ColumnType::long_integer}}, 1},
             {{"NULL", "-1"}, {"0.5", "100"}, {"9.25", "9"}, {"10.5", "10"}});
}

TEST_CASE("a scan without columns counts the rows") {
  check_scan({"t", {}, 0}, {{}, {}, {}, {}});
}

TEST_CASE("a scan of a table that is not there says so") {
  for (const std::string& engine : engines()) {
    CAPTURE(engine);
    Stored stored(engine);
    const auto cursor = stored.destination->scan(core::Scan{"nowhere", {{"id"}}, 1});
    REQUIRE_FALSE(cursor.has_value());
    CHECK(cursor.error().kind == base::ErrorKind::usage);
    CHECK(cursor.error().message.find("no such table") != std::string::npos);
  }
}
