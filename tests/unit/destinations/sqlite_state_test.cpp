// SPDX-License-Identifier: Apache-2.0
#include "destinations/registry.hpp"
#include "destinations/sqlite_db.hpp"
#include "destinations/sqlite_meta.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace {

// A warehouse in a file that is opened anew on demand.
struct Warehouse {
  support::TempDir folder;
  std::string path = (folder.path() / "w.sqlite").string();
  support::PageBuilder pages;
  std::unique_ptr<core::Destination> destination;

  Warehouse() { reopen(); }
  void reopen() {
    destination.reset();
    auto opened = destinations::open("sqlite:" + path, "", {});
    REQUIRE(opened.has_value());
    destination = std::move(*opened);
  }
  core::LoadFacts load(int sync, std::string_view json) {
    auto facts = destination->load(pages.page(sync, json));
    REQUIRE_MESSAGE(facts.has_value(), (facts ? "" : facts.error().message));
    return std::move(*facts);
  }
  int begin() { return *destination->begin_sync("s", pages.now()); }
  std::string one(std::string_view sql) {
    const auto result = destination->query(sql);
    REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().message));
    REQUIRE(result->rows.size() == 1);
    return result->rows[0][0].value_or("NULL");
  }
};

}  // namespace

TEST_CASE("the state is kept byte for byte with where it came from") {
  Warehouse w;
  CHECK_FALSE(w.destination->state()->has_value());
  REQUIRE(w.begin() == 1);
  w.load(1, R"({"state": { "a" :1.50,"b":[ ] }, "insert": {}, "hasMore": true})");
  w.reopen();
  const auto state = **w.destination->state();
  CHECK(state.state.json == R"({ "a" :1.50,"b":[ ] })");
  CHECK(state.sync == 1);
  CHECK(state.call == 1);
  CHECK(state.sync_id == "sync-1");
  CHECK(state.at == support::PageBuilder::start());
  CHECK_FALSE(state.sync_finished);
  REQUIRE(w.begin() == 2);
  w.load(2, R"({"state": {"c": 2}, "insert": {}, "hasMore": false})");
  CHECK((*w.destination->state())->sync_finished);
}

TEST_CASE("states can be set, cleared and looked back at") {
  Warehouse w;
  w.begin();
  w.load(1, R"({"state": {"n": 1}, "insert": {}})");
  REQUIRE(w.destination->set_state({R"({"n": 0})"}, w.pages.now()).has_value());
  CHECK((*w.destination->state())->state.json == R"({"n": 0})");
  CHECK((*w.destination->state())->call == 0);
  const auto history = *w.destination->state_history();
  REQUIRE(history.size() == 2);
  CHECK(history[0].state.json == R"({"n": 0})");
  CHECK(history[1].state.json == R"({"n": 1})");
  REQUIRE(w.destination->clear_state().has_value());
  w.reopen();
  CHECK_FALSE(w.destination->state()->has_value());
  CHECK(w.destination->state_history()->size() == 2);
}

TEST_CASE("the history keeps the last pages and the end of each sync") {
  Warehouse w;
  w.begin();
  w.load(1, R"({"state": {"end": 1}, "insert": {}, "hasMore": false})");
  w.begin();
  for (int page = 0; page < destinations::kHistoryLength + 20; ++page)
    w.load(2, fmt::format(R"({{"state": {{"p": {}}}, "insert": {{}}, "hasMore": true}})", page));
  const auto history = *w.destination->state_history();
  CHECK(history.size() == destinations::kHistoryLength + 1);
  CHECK(history.back().state.json == R"({"end": 1})");
  CHECK(history[history.size() - 2].state.json == R"({"p": 20})");
}

TEST_CASE("the connection is whose it was told to be") {
  Warehouse w;
  CHECK_FALSE(w.destination->connection()->has_value());
  REQUIRE(w.destination->adopt({"python:orders.py:handler"}).has_value());
  w.reopen();
  CHECK((*w.destination->connection())->target == "python:orders.py:handler");
}

TEST_CASE("syncs are numbered on over runs") {
  Warehouse w;
  CHECK(w.begin() == 1);
  CHECK(w.begin() == 2);
  w.reopen();
  CHECK(w.begin() == 3);
}

TEST_CASE("tables, their types and their place in the batch outlive the process") {
  Warehouse w;
  w.begin();
  w.load(1, R"({"insert": {"T One": [{"Id": 9007199254740993}], "log": [{"a": 1}, {"a": 2}]},
                "schema": {"T One": {"primary_key": ["Id"]}}, "hasMore": true})");
  w.reopen();
  const auto tables = *w.destination->tables();
  REQUIRE(tables.size() == 2);
  CHECK(tables[1].name == "t_one");
  CHECK(tables[1].source == "T One");
  CHECK(tables[1].primary_key == std::vector<std::string>{"id"});
  CHECK(tables[1].columns[0].source == "Id");
  CHECK(tables[1].columns[0].beyond_double);
  CHECK(tables[0].rows == 2);
  w.load(1, R"({"insert": {"log": [{"a": 3}]}})");
  CHECK(w.one("SELECT _fivetran_index FROM log WHERE a = 3") == "2");
}

TEST_CASE("a clock that stands still or goes back confuses nothing") {
  Warehouse w;
  const auto load = [&](int sync, std::string_view json) {
    core::LoadBatch batch = w.pages.page(sync, json);
    batch.now = batch.sync_start = support::PageBuilder::start() - std::chrono::hours(sync);
    auto facts = w.destination->load(batch);
    REQUIRE(facts.has_value());
    return facts->tables[0];
  };
  const char* schema = R"("schema": {"t": {"primary_key": ["id"]}})";
  w.begin();
  load(1, fmt::format(R"({{"insert": {{"t": [{{"id": 1}}, {{"id": 2}}]}}, {}}})", schema));
  w.begin();
  const auto first = load(
      2, fmt::format(R"({{"insert": {{"t": [{{"id": 1}}]}}, "softDelete": ["t"], {}}})", schema));
  CHECK(first.unchanged == 1);
  CHECK(first.soft_marked == 1);
  CHECK(w.one("SELECT id FROM t WHERE _fivetran_deleted") == "2");
  const auto second = load(
      2, fmt::format(R"({{"insert": {{"t": [{{"id": 1}}]}}, "softDelete": ["t"], {}}})", schema));
  CHECK(second.replaced == 1);
  CHECK(second.unchanged == 0);
  CHECK(w.one("SELECT count(DISTINCT _fivetran_synced) FROM t") == "2");
}

TEST_CASE("reset drops what we made and nothing else") {
  Warehouse w;
  w.begin();
  w.load(1, R"({"state": {"n": 1}, "insert": {"t": [{"id": 1}], "order": [{"id": 1}]}})");
  REQUIRE(w.destination->adopt({"cmd:x"}).has_value());
  {
    auto db = destinations::SqliteDb::open(w.path, w.path, destinations::SqliteMode::write);
    REQUIRE(
        db->execute("CREATE TABLE mine(a); INSERT INTO mine VALUES (7)", "prepare").has_value());
  }
  REQUIRE(w.destination->reset().has_value());
  CHECK(w.one("SELECT group_concat(name) FROM sqlite_schema") == "mine");
  CHECK(w.one("SELECT a FROM mine") == "7");
  CHECK(w.destination->tables()->empty());
  CHECK_FALSE(w.destination->state()->has_value());
  CHECK_FALSE(w.destination->connection()->has_value());
}

TEST_CASE("after a reset the same destination can be filled again") {
  Warehouse w;
  w.begin();
  w.load(1, R"({"insert": {"t": [{"id": 1}]}})");
  REQUIRE(w.destination->reset().has_value());
  CHECK(w.begin() == 1);
  w.load(1, R"({"insert": {"t": [{"id": 5}]}})");
  CHECK(w.one("SELECT id FROM t") == "5");
}

TEST_CASE("indexes, triggers and views of the user survive a rebuild") {
  Warehouse w;
  w.begin();
  w.load(1, R"({"insert": {"t": [{"id": 1, "v": 1}]}, "schema": {"t": {"primary_key": ["id"]}}})");
  {
    auto db = destinations::SqliteDb::open(w.path, w.path, destinations::SqliteMode::write);
    REQUIRE(db->execute("CREATE INDEX by_v ON t(v); CREATE VIEW all_t AS SELECT id, v FROM t;"
                        "CREATE TRIGGER noted AFTER INSERT ON t BEGIN SELECT 1; END",
                        "prepare")
                .has_value());
  }
  const auto facts = w.load(
      1, R"({"insert": {"t": [{"id": 2, "v": "x"}]}, "schema": {"t": {"primary_key": ["id"]}}})");
  CHECK(facts.tables[0].widened.size() == 1);
  CHECK(w.one("SELECT group_concat(v) FROM all_t") == "1,x");
  CHECK(w.one("SELECT count(*) FROM sqlite_schema WHERE name IN ('by_v', 'noted')") == "2");
}

TEST_CASE("a table that the user dropped comes anew") {
  Warehouse w;
  w.begin();
  w.load(1, R"({"insert": {"t": [{"id": 1, "a": 1, "b": 2}], "u": [{"x": 1}]}})");
  w.destination.reset();
  {
    auto db = destinations::SqliteDb::open(w.path, w.path, destinations::SqliteMode::write);
    REQUIRE(db->execute("DROP TABLE t", "prepare").has_value());
  }
  w.reopen();
  CHECK(w.destination->tables()->size() == 1);
  w.begin();
  const auto facts = w.load(2, R"({"insert": {"t": [{"id": 5}]}})");
  CHECK(facts.tables[0].created);
  CHECK(facts.tables[0].stored_rows_before_sync == 0);
  w.reopen();
  CHECK(w.destination->tables()->front().columns.size() == 1);
  CHECK(w.one("SELECT id FROM t") == "5");
}
