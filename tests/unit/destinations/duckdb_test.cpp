// SPDX-License-Identifier: Apache-2.0
#include "support/duckdb.hpp"

#include "destinations/duckdb_db.hpp"
#include "destinations/duckdb_destination.hpp"
#include "destinations/duckdb_error.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

using base::ErrorKind;
using destinations::DuckDestination;
using destinations::OpenOptions;

namespace {

OpenOptions options(bool read_only = false) {
  OpenOptions options;
  options.duckdb_library = support::duckdb_library();
  options.read_only = read_only;
  options.lock = !read_only;
  options.lock_patience = std::chrono::milliseconds(0);
  return options;
}

std::unique_ptr<DuckDestination> opened(const std::string& path,
                                        const std::string& schema = "aws_lambda") {
  auto destination = DuckDestination::open(path, schema, options());
  REQUIRE_MESSAGE(destination.has_value(), (destination ? "" : destination.error().message));
  return std::move(*destination);
}

base::Error error_of(const std::string& path, const OpenOptions& how,
                     const std::string& schema = "aws_lambda") {
  const auto destination = DuckDestination::open(path, schema, how);
  REQUIRE_FALSE(destination.has_value());
  return destination.error();
}

bool says(const base::Error& error, std::string_view text) {
  INFO(error.message);
  return error.message.find(text) != std::string::npos;
}

// What somebody else does with the file.
void run_sql(const std::string& path, const std::string& sql) {
  const auto api = destinations::load_duckdb(support::duckdb_library());
  REQUIRE(api.has_value());
  auto db = destinations::DuckDb::open(**api, {path, "duckdb:" + path, "main"},
                                       destinations::DuckMode::write, std::chrono::seconds(0));
  REQUIRE_MESSAGE(db.has_value(), (db ? "" : db.error().message));
  const auto done = db->execute(sql, "change");
  REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().message));
}

std::string one(core::Destination& destination, const std::string& sql) {
  const auto result = destination.query(sql);
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().message));
  return result->rows.at(0).at(0).value_or("NULL");
}

void load(core::Destination& destination, support::PageBuilder& pages, const std::string& json) {
  const auto facts = destination.load(pages.page(1, json));
  REQUIRE_MESSAGE(facts.has_value(), (facts ? "" : facts.error().message));
}

}  // namespace

TEST_SUITE_BEGIN("DuckDB");

TEST_CASE("an empty file becomes a database; one that could not be finished is gone again" *
          doctest::skip(support::without_duckdb())) {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.duckdb").string();
  std::ofstream(path).close();
  opened(path);
  CHECK(one(*opened(path), "select 1") == "1");

  // Nothing may grow beyond some bytes, so DuckDB can write its first blocks only.
  const std::string other = (folder.path() / "x.duckdb").string();
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small = {5'000, 5'000};
    ::setrlimit(RLIMIT_FSIZE, &small);
    _exit(DuckDestination::open(other, "aws_lambda", options()).has_value() ? 1 : 0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK_FALSE(std::filesystem::exists(other));
  opened(other);
}

TEST_CASE("what DuckDB says of a file it cannot write is the world's fault") {
  const auto kind = [](std::string_view message) {
    return destinations::duckdb_error("load a page into", "duckdb:w.duckdb", message).kind;
  };
  CHECK(kind("TransactionContext Error: Failed to commit: Could not write file \"/w.wal\": "
             "Input/output "
             "error") == ErrorKind::environment);
  CHECK(
      kind("TransactionContext Error: Failed to commit: Cannot open file \"/w.wal\": Too many open "
           "files") == ErrorKind::environment);
  CHECK(kind("TransactionContext Error: Failed to commit: Allocation failure") ==
        ErrorKind::environment);
  CHECK(kind("TransactionContext Error: cannot commit - no transaction is active") ==
        ErrorKind::internal);
}

TEST_CASE("a schema that somebody else filled is refused, and read for a comparison only" *
          doctest::skip(support::without_duckdb())) {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.duckdb").string();
  run_sql(
      path,
      "CREATE SCHEMA tester; CREATE TABLE tester.t(id BIGINT, big DECIMAL(20,2), j JSON, \"at\" "
      "TIMESTAMP WITH TIME ZONE, raw BLOB, _fivetran_synced TIMESTAMP WITH TIME ZONE, "
      "_fivetran_deleted BOOLEAN, PRIMARY KEY (id)); INSERT INTO tester.t VALUES (2, 1.50, "
      "'{\"a\": 1}', '2024-01-01 00:00:00+00', 'x', now(), false), (1, NULL, NULL, NULL, NULL, "
      "now(), false); CREATE VIEW tester.v AS SELECT 1");
  const base::Error refused = error_of(path, options(), "tester");
  CHECK(says(refused, "it holds tables that fivetran-sim did not make, such as t"));
  CHECK(refused.kind == ErrorKind::environment);
  CHECK(error_of(path, options(true), "tester").kind == ErrorKind::environment);

  OpenOptions compare = options(true);
  compare.read_foreign = true;
  auto foreign = DuckDestination::open(path, "aws_lambda", compare);
  REQUIRE_MESSAGE(foreign.has_value(), (foreign ? "" : foreign.error().message));
  const auto tables = (*foreign)->tables();
  REQUIRE(tables.has_value());
  REQUIRE(tables->size() == 1);
  const core::Table& table = tables->front();
  CHECK(table.rows == 2);
  CHECK(table.primary_key == std::vector<std::string>{"id"});
  CHECK(table.has_deleted_column);
  std::string shape;
  for (const core::Column& column : table.columns)
    shape +=
        column.name + " " + std::string(core::name(column.type)) + (column.key ? " key;" : ";");
  CHECK(shape == "id LONG key;big DECIMAL;j JSON;at INSTANT;raw STRING;");
  core::Scan scan{"t", {}, 1};
  for (const core::Column& column : table.columns)
    scan.columns.push_back({column.name, column.type});
  auto cursor = (*foreign)->scan(scan);
  REQUIRE_MESSAGE(cursor.has_value(), (cursor ? "" : cursor.error().message));
  std::string rows;
  for (auto more = (*cursor)->next(); more && *more; more = (*cursor)->next())
    for (const auto& cell : (*cursor)->cells()) rows += std::string(cell.value_or("NULL")) + "|";
  CHECK(rows == "1|NULL|NULL|NULL|NULL|2|1.5|{\"a\":1}|2024-01-01T00:00:00Z|x|");
}

TEST_CASE("one run at a time, and it is told who has the file" *
          doctest::skip(support::without_duckdb())) {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.duckdb").string();
  OpenOptions first = options();
  first.holder = "python:main.py";
  auto holder = DuckDestination::open(path, "aws_lambda", first);
  REQUIRE(holder.has_value());
  const base::Error second = error_of(path, options(), "other");
  CHECK(says(second, "(python:main.py) holds it"));
  CHECK(second.kind == ErrorKind::environment);
  holder->reset();
  CHECK(opened(path)->describe() == "duckdb:" + path);
}

TEST_CASE("a program that is not ours and has the file open is named" *
          doctest::skip(support::without_duckdb())) {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.duckdb").string();
  run_sql(path, "CREATE TABLE t(a INTEGER)");
  int ready[2] = {};
  REQUIRE(pipe(ready) == 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto api = destinations::load_duckdb(support::duckdb_library());
    auto db = destinations::DuckDb::open(**api, {path, "x", "main"}, destinations::DuckMode::write,
                                         std::chrono::seconds(0));
    const char sign = db ? '1' : '0';
    if (write(ready[1], &sign, 1) == 1) pause();
    _exit(0);
  }
  char sign = 0;
  REQUIRE(read(ready[0], &sign, 1) == 1);
  REQUIRE(sign == '1');
  CHECK(says(error_of(path, options(true), "main"), "has it open"));
  CHECK(says(error_of(path, options(true), "main"), "PID " + std::to_string(child)));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ready[0]);
  close(ready[1]);
}

// A limit of the process on its files ends a load as a full disk does.
TEST_CASE("a file that cannot grow keeps its last page, and it is no mistake of ours" *
          doctest::skip(support::without_duckdb())) {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.duckdb").string();
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{2 << 20, 2 << 20};
    auto destination = DuckDestination::open(path, "aws_lambda", options());
    if (!destination || setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(1);
    support::PageBuilder pages;
    for (int number = 1; number < 100; ++number) {
      std::string rows;
      for (int i = 0; i < 200; ++i)
        rows += fmt::format("{}{{\"id\": {}, \"v\": \"{}\"}}", i == 0 ? "" : ",", number * 1000 + i,
                            std::string(500, static_cast<char>('a' + (i * 7 + number) % 26)));
      const auto loaded =
          (*destination)
              ->load(
                  pages.page(1, fmt::format(R"({{"state": {{"page": {}}}, "insert": {{"t": [{}]}},
                             "schema": {{"t": {{"primary_key": ["id"]}}}}}})",
                                            number, rows)));
      if (!loaded) _exit(loaded.error().kind == ErrorKind::environment ? 0 : 2);
    }
    _exit(3);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  const auto destination = opened(path);
  const std::string rows = one(*destination, "SELECT count(*) // 200 FROM t");
  CHECK((*destination->state())->state.json == "{\"page\": " + rows + "}");
  CHECK(rows != "0");
}

TEST_CASE("decimals take the scale they need, and a text where they need too much" *
          doctest::skip(support::without_duckdb())) {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.duckdb").string();
  support::PageBuilder pages;
  const std::string key = R"("schema": {"t": {"primary_key": ["id"]}}})";
  const std::string type =
      "SELECT data_type FROM duckdb_columns() WHERE table_name = 't' AND column_name = 'n'";
  auto destination = opened(path);
  load(*destination, pages, R"({"insert": {"t": [{"id": 1, "n": 12345678901234567890}]}, )" + key);
  CHECK(one(*destination, type) == "DECIMAL(38,0)");
  load(*destination, pages, R"({"insert": {"t": [{"id": 2, "n": 0.25}]}, )" + key);
  CHECK(one(*destination, type) == "DECIMAL(38,2)");
  destination = nullptr;
  destination = opened(path);
  load(*destination, pages, R"({"insert": {"t": [{"id": 3, "n": 1.5}]}, )" + key);
  CHECK(one(*destination, type) == "DECIMAL(38,2)");
  load(*destination, pages,
       R"({"insert": {"t": [{"id": 4, "n": 0.1234567890123456789012345678}]}, )" + key);
  CHECK(one(*destination, type) == "VARCHAR");
  CHECK(one(*destination, "SELECT string_agg(n, ' ' ORDER BY id) FROM t") ==
        "12345678901234567890 0.25 1.5 0.1234567890123456789012345678");
}

TEST_CASE("a table that is rebuilt keeps the indexes that the user gave it" *
          doctest::skip(support::without_duckdb())) {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.duckdb").string();
  support::PageBuilder pages;
  const std::string key = R"("schema": {"t": {"primary_key": ["id"]}}})";
  load(*opened(path), pages, R"({"insert": {"t": [{"id": 1, "n": 1}]}, )" + key);
  run_sql(path, "CREATE INDEX by_n ON aws_lambda.t(n)");
  auto destination = opened(path);
  load(*destination, pages, R"({"insert": {"t": [{"id": 2, "n": "x"}]}, )" + key);
  CHECK(one(*destination, "SELECT index_name FROM duckdb_indexes()") == "by_n");
  load(*destination, pages, R"({"insert": {"t": [{"id": 2, "n": "y"}]}, )" + key);
  CHECK(one(*destination, "SELECT string_agg(n, ' ' ORDER BY id) FROM t") == "1 y");
}

TEST_CASE("the schema may have the name of the file" * doctest::skip(support::without_duckdb())) {
  const support::TempDir folder;
  support::PageBuilder pages;
  auto destination = opened((folder.path() / "aws_lambda.duckdb").string());
  load(*destination, pages, R"({"insert": {"t": [{"id": 1}]}})");
  CHECK(one(*destination, "SELECT count(*) FROM t") == "1");
}

TEST_SUITE_END();
