// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_first_load.hpp"

#include "base/files.hpp"
#include "destinations/registry.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <thread>

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using destinations::SqliteDb;
using destinations::SqliteFirstLoad;
using destinations::SqliteMode;

namespace {

constexpr const char* kPage =
    R"({"state": {"a": 1}, "insert": {"t": [{"id": 1}, {"id": 2}]}, "hasMore": true})";
constexpr const char* kLastPage =
    R"({"state": {"a": 2}, "insert": {"t": [{"id": 3}]}, "hasMore": false})";

struct Warehouse {
  support::TempDir folder;
  std::string path = (folder.path() / "w.sqlite").string();
  std::string note = path + ".loading";
  support::PageBuilder pages;

  std::unique_ptr<core::Destination> open(bool read_only = false) const {
    auto opened = try_open(read_only);
    REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message));
    return std::move(*opened);
  }
  base::Result<std::unique_ptr<core::Destination>> try_open(bool read_only = false) const {
    destinations::OpenOptions options;
    options.read_only = read_only;
    return destinations::open("sqlite:" + path, "", options);
  }
  void load(core::Destination& destination) {
    const int sync = *destination.begin_sync("s", pages.now());
    REQUIRE(destination.load(pages.page(sync, kPage)).has_value());
  }
  // A process that loads a page and is killed.
  void load_and_be_killed() {
    const pid_t child = fork();
    if (child == 0) {
      auto destination = try_open();
      if (!destination) _exit(1);
      const auto sync = (*destination)->begin_sync("s", pages.now());
      if (!sync || !(*destination)->load(pages.page(*sync, kPage))) _exit(2);
      kill(getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
  }
  void write_note(const std::string& text) const {
    REQUIRE(base::write_file_atomically(note, text).has_value());
  }
  std::string read_note() const { return *base::read_file(note); }
};

std::string one(const std::string& path, const std::string& sql) {
  auto db = SqliteDb::open(path, path, SqliteMode::read);
  REQUIRE_MESSAGE(db.has_value(), (db ? "" : db.error().message));
  auto statement = db->prepare(sql);
  REQUIRE(statement.has_value());
  REQUIRE(statement->step() == destinations::Step::row);
  return std::string(statement->text(0));
}

std::string journal_of(const std::string& path) {
  return one(path, "PRAGMA journal_mode");
}

}  // namespace

TEST_CASE("a new file is written without a log, and with one once it is closed") {
  Warehouse warehouse;
  {
    const auto destination = warehouse.open();
    warehouse.load(*destination);
    CHECK(fs::exists(warehouse.note));
    CHECK_FALSE(fs::exists(warehouse.path + "-wal"));
    CHECK(one(warehouse.path, "SELECT count(*) FROM t") == "2");  // somebody else looks meanwhile
    CHECK(fs::exists(warehouse.note));
  }
  CHECK_FALSE(fs::exists(warehouse.note));
  CHECK_FALSE(fs::exists(warehouse.path + "-journal"));
  CHECK(journal_of(warehouse.path) == "wal");
  CHECK(one(warehouse.path, "PRAGMA integrity_check") == "ok");
  CHECK(one(warehouse.path, "PRAGMA page_size") == "16384");
}

TEST_CASE("with the first sync the first load ends") {
  Warehouse warehouse;
  const auto destination = warehouse.open();
  warehouse.load(*destination);
  CHECK(fs::exists(warehouse.note));
  REQUIRE(destination->load(warehouse.pages.page(1, kLastPage)).has_value());
  CHECK_FALSE(fs::exists(warehouse.note));
  CHECK(journal_of(warehouse.path) == "wal");
  CHECK(one(warehouse.path, "SELECT count(*) FROM t") == "3");
}

TEST_CASE("a file that holds something is never written without a log") {
  Warehouse warehouse;
  warehouse.load(*warehouse.open());
  const auto destination = warehouse.open();
  REQUIRE(destination->reset().has_value());
  warehouse.load(*destination);
  CHECK_FALSE(fs::exists(warehouse.note));
  CHECK(journal_of(warehouse.path) == "wal");
}

TEST_CASE("a first load that is killed keeps its pages and is ended by the next who writes") {
  Warehouse warehouse;
  warehouse.load_and_be_killed();
  CHECK(fs::exists(warehouse.note));
  CHECK((*warehouse.open(true)->state())->state.json == R"({"a": 1})");
  CHECK(fs::exists(warehouse.note));  // who only reads changes nothing
  const auto destination = warehouse.open();
  CHECK_FALSE(fs::exists(warehouse.note));
  CHECK((*destination->state())->state.json == R"({"a": 1})");
  CHECK(destination->query("SELECT count(*) FROM t")->rows[0][0] == "2");
  CHECK(journal_of(warehouse.path) == "wal");
}

TEST_CASE("a file whose first load the machine did not survive is not taken for a good one") {
  Warehouse warehouse;
  warehouse.load_and_be_killed();
  const std::string note = warehouse.read_note();
  warehouse.write_note("00000000-0000-0000-0000-000000000000" + note.substr(note.find('\n')));
  for (const bool read_only : {true, false}) {
    const auto refused = warehouse.try_open(read_only);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("the machine stopped while its first rows were written") !=
          std::string::npos);
    CHECK(refused.error().message.find("delete " + warehouse.path) != std::string::npos);
  }
  fs::remove(warehouse.path);
  fs::remove(warehouse.path + "-journal");
  fs::remove(warehouse.note);
  warehouse.load(*warehouse.open());
}

TEST_CASE("a note whose file is gone means nothing") {
  Warehouse warehouse;
  warehouse.load_and_be_killed();
  fs::remove(warehouse.path);
  fs::remove(warehouse.path + "-journal");
  warehouse.load(*warehouse.open());
  CHECK_FALSE(fs::exists(warehouse.note));
}

TEST_CASE("a note about another file of that name means nothing") {
  Warehouse warehouse;
  warehouse.load(*warehouse.open());
  warehouse.write_note("00000000-0000-0000-0000-000000000000\n1\n");
  CHECK(warehouse.try_open(true).has_value());
  CHECK(fs::exists(warehouse.note));
  warehouse.open();
  CHECK_FALSE(fs::exists(warehouse.note));
}

TEST_CASE("a file that was left without a log gets one when it is opened for writing") {
  Warehouse warehouse;
  warehouse.load(*warehouse.open());
  {
    auto db = SqliteDb::open(warehouse.path, "test", SqliteMode::write);
    REQUIRE(db->execute("PRAGMA journal_mode = DELETE", "test").has_value());
  }
  REQUIRE(journal_of(warehouse.path) == "delete");
  warehouse.open();
  CHECK(journal_of(warehouse.path) == "wal");
}

TEST_CASE("a first load that takes long goes over to the log") {
  Warehouse warehouse;
  auto db = SqliteDb::open(warehouse.path, "new", SqliteMode::write);
  REQUIRE(db.has_value());
  SqliteFirstLoad load(*db, warehouse.path, std::chrono::milliseconds(30));
  REQUIRE(*load.begin());
  REQUIRE(db->execute("CREATE TABLE t (a)", "test").has_value());
  REQUIRE(load.after_commit(false).has_value());
  CHECK(load.runs());
  std::this_thread::sleep_for(std::chrono::milliseconds(31));
  REQUIRE(db->execute("INSERT INTO t VALUES (1)", "test").has_value());
  REQUIRE(load.after_commit(false).has_value());
  CHECK_FALSE(load.runs());
  CHECK_FALSE(fs::exists(warehouse.note));
  CHECK(journal_of(warehouse.path) == "wal");
  CHECK(one(warehouse.path, "SELECT count(*) FROM t") == "1");
}

TEST_CASE("where somebody reads at the end, the file stays with its journal and is whole") {
  Warehouse warehouse;
  auto db = SqliteDb::open(warehouse.path, "new", SqliteMode::write);
  REQUIRE(db->execute("PRAGMA busy_timeout = 0", "test").has_value());
  SqliteFirstLoad load(*db, warehouse.path, std::chrono::milliseconds(0));
  REQUIRE(*load.begin());
  REQUIRE(db->execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)", "test").has_value());
  auto reader = SqliteDb::open(warehouse.path, "reader", SqliteMode::read);
  auto rows = reader->prepare("SELECT a FROM t");
  REQUIRE(rows->step() == destinations::Step::row);
  REQUIRE(load.after_commit(false).has_value());
  CHECK_FALSE(load.runs());
  CHECK_FALSE(fs::exists(warehouse.note));
  rows->reset();
  CHECK(journal_of(warehouse.path) != "wal");
  REQUIRE(db->execute("INSERT INTO t VALUES (3)", "test").has_value());
  CHECK(one(warehouse.path, "SELECT count(*) FROM t") == "3");
}
