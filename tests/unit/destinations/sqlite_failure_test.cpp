// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_destination.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using base::ErrorKind;
using destinations::SqliteDb;
using destinations::SqliteDestination;
using destinations::SqliteMode;

namespace {

struct Warehouse {
  support::TempDir folder;
  std::string path = (folder.path() / "w.sqlite").string();
  support::PageBuilder pages;
  std::unique_ptr<SqliteDestination> destination;
  int sync = 0;

  Warehouse() {
    auto opened = SqliteDestination::open_file(path, {});
    REQUIRE(opened.has_value());
    destination = std::move(*opened);
    sync = *destination->begin_sync("s", pages.now());
    REQUIRE(load(R"({"state": {"page": 1}, "insert": {"a": [{"id": 1, "v": 1}], "b": [{"x": 1}]},
                     "schema": {"a": {"primary_key": ["id"]}}})")
                .has_value());
  }
  base::Result<core::LoadFacts> load(std::string_view json) {
    return destination->load(pages.page(sync, json));
  }
  std::string all(std::string_view sql) {
    const auto result = destination->query(sql);
    REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().message));
    std::string text;
    for (const auto& row : result->rows)
      for (const auto& cell : row) text += cell.value_or("NULL") + " ";
    return text;
  }
  // What the first page left.
  void check_untouched() {
    CHECK(all("SELECT id, v, _fivetran_synced FROM a") == "1 1 2024-03-01T00:00:00Z ");
    CHECK(all("SELECT x, _fivetran_index FROM b") == "1 0 ");
    CHECK((*destination->state())->state.json == R"({"page": 1})");
    CHECK(destination->state_history()->size() == 1);
    CHECK(destination->tables()->size() == 2);
  }
};

// A page that changes each table in another way, with a last table that needs much room.
std::string big_page() {
  std::string rows;
  for (int i = 0; i < 300; ++i)
    rows += fmt::format("{}{{\"t\": \"{}\"}}", i == 0 ? "" : ",", std::string(1000, 'x'));
  return fmt::format(
      R"({{"state": {{"page": 2}}, "insert": {{"a": [{{"id": 1, "v": "text", "w": 5}}, {{"id": 2}}],
          "b": [{{"x": 2}}], "c": [{}]}}, "schema": {{"a": {{"primary_key": ["id"]}}}},
          "softDelete": ["b"]}})",
      rows);
}

}  // namespace

TEST_CASE("a disk that is full in the middle of a page leaves rows and state of the page before") {
  Warehouse w;
  const auto limit = [&w](const char* pages) {
    REQUIRE(w.destination->db()
                .execute(fmt::format("PRAGMA max_page_count = {}", pages), "limit")
                .has_value());
  };
  limit("20");
  const auto facts = w.load(big_page());
  REQUIRE_FALSE(facts.has_value());
  CHECK(facts.error().kind == ErrorKind::environment);
  CHECK(facts.error().message ==
        "cannot load c into sqlite:" + w.path +
            ": the disk is full (free some space; what was loaded before is kept)");
  w.check_untouched();
  SUBCASE("and the page can be loaded once there is room") {
    limit("1073741823");
    REQUIRE(w.load(big_page()).has_value());
    CHECK(w.all("SELECT id, v, w FROM a ORDER BY id") == "1 text 5 2 NULL NULL ");
    CHECK(w.all("SELECT count(*) FROM c") == "300 ");
    CHECK(w.all("SELECT x, _fivetran_index FROM b ORDER BY x") == "1 0 2 1 ");
  }
  SUBCASE("so does a new process find it") {
    w.destination.reset();
    auto opened = SqliteDestination::open_file(w.path, {});
    REQUIRE(opened.has_value());
    w.destination = std::move(*opened);
    w.check_untouched();
  }
}

TEST_CASE("a database that another program has locked is told in one line") {
  Warehouse w;
  auto other = SqliteDb::open(w.path, w.path, SqliteMode::write);
  REQUIRE(other.has_value());
  REQUIRE(other->execute("BEGIN IMMEDIATE", "lock").has_value());
  REQUIRE(w.destination->db().execute("PRAGMA busy_timeout = 50", "limit").has_value());
  const auto facts = w.load(R"({"state": {"page": 2}, "insert": {"a": [{"id": 5}]}})");
  REQUIRE_FALSE(facts.has_value());
  CHECK(facts.error().kind == ErrorKind::environment);
  CHECK(facts.error().message.find("another program has locked it") != std::string::npos);
  w.check_untouched();
}

TEST_CASE("a table with more columns than SQLite has is refused by name") {
  Warehouse w;
  const auto wide = [](int columns) {
    std::string cells;
    for (int i = 0; i < columns; ++i) cells += fmt::format(", \"col_{}\": {}", i, i);
    return fmt::format(
        R"({{"state": {{"page": 2}}, "insert": {{"a": [{{"id": 7}}], "wide": [{{"id": 1{}}}]}},
            "schema": {{"wide": {{"primary_key": ["id"]}}}}}})",
        cells);
  };
  SUBCASE("one too many") {
    const auto facts = w.load(wide(1999));
    REQUIRE_FALSE(facts.has_value());
    CHECK(facts.error().kind == ErrorKind::environment);
    CHECK(facts.error().message.find("cannot load wide into") != std::string::npos);
    CHECK(facts.error().message.find("2000 columns") != std::string::npos);
    w.check_untouched();
  }
  SUBCASE("more than are read at all") {
    CHECK_FALSE(w.load(wide(5000)).has_value());
    w.check_untouched();
  }
  SUBCASE("as many as fit") {
    REQUIRE(w.load(wide(1998)).has_value());
    REQUIRE(w.load(wide(1998)).has_value());
    CHECK(w.all("SELECT col_1997 FROM wide") == "1997 ");
  }
}

TEST_CASE("nothing is kept of a page when the table cannot be rebuilt") {
  Warehouse w;
  REQUIRE(w.destination->db()
              .execute("CREATE TRIGGER refuse BEFORE INSERT ON a WHEN new.id = 3 BEGIN "
                       "SELECT raise(ABORT, 'three'); END",
                       "prepare")
              .has_value());
  const auto facts = w.load(
      R"({"state": {"page": 2}, "insert": {"a": [{"id": 2, "v": 2.5}, {"id": 3}], "b": [{"x": 9}]}})");
  REQUIRE_FALSE(facts.has_value());
  w.check_untouched();
  CHECK(w.destination->tables()->front().columns[1].type == core::ColumnType::short_integer);
}
