// SPDX-License-Identifier: Apache-2.0
#include "destinations/registry.hpp"
#include "destinations/sqlite_db.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

namespace fs = std::filesystem;
using base::ErrorKind;
using destinations::OpenOptions;
using destinations::SqliteDb;
using destinations::SqliteMode;

namespace {

OpenOptions reading() {
  OpenOptions options;
  options.read_only = true;
  return options;
}

OpenOptions impatient(const std::string& holder) {
  OpenOptions options;
  options.holder = holder;
  options.lock_patience = std::chrono::milliseconds(0);
  return options;
}

void run_sql(const std::string& path, const std::string& sql) {
  auto db = SqliteDb::open(path, path, SqliteMode::write);
  REQUIRE(db.has_value());
  const auto done = db->execute(sql, "prepare");
  REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().message));
}

void make_warehouse(const std::string& path) {
  auto opened = destinations::open("sqlite:" + path, "", {});
  REQUIRE(opened.has_value());
  support::PageBuilder pages;
  const int sync = *(*opened)->begin_sync("s", pages.now());
  REQUIRE((*opened)
              ->load(pages.page(sync, R"({"state": {"a": 1}, "insert": {"t": [{"id": 1}]}})"))
              .has_value());
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Opens and tells the error; fails when it works.
base::Error refused(const std::string& path, const OpenOptions& options = {}) {
  auto opened = destinations::open("sqlite:" + path, "", options);
  REQUIRE_FALSE(opened.has_value());
  INFO(opened.error().message);
  CHECK(opened.error().message.find('\n') == std::string::npos);
  return opened.error();
}

bool says(const base::Error& error, std::string_view text) {
  INFO(error.message);
  return error.kind == ErrorKind::environment && error.message.find(text) != std::string::npos;
}

// Root may write anywhere, so these tests act as somebody else for a while.
class Unprivileged {
 public:
  Unprivileged() {
    if (geteuid() == 0) REQUIRE(seteuid(65534) == 0);
  }
  ~Unprivileged() {
    if (getuid() == 0) REQUIRE(seteuid(0) == 0);
  }
};

}  // namespace

TEST_CASE("a database of somebody else is refused and stays as it is") {
  const support::TempDir folder;
  const std::string path = (folder.path() / "theirs.sqlite").string();
  run_sql(path, "CREATE TABLE customers(id INTEGER); INSERT INTO customers VALUES (1)");
  const std::string before = bytes_of(path);
  CHECK(says(refused(path), "tables that fivetran-sim did not make, such as customers"));
  CHECK(says(refused(path, reading()), "did not make"));
  CHECK(bytes_of(path) == before);
}

TEST_CASE("a warehouse of a newer version is refused") {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.sqlite").string();
  make_warehouse(path);
  run_sql(path, "UPDATE _fivetran_sim_connection SET format = 4");
  CHECK(
      says(refused(path), "a newer version of fivetran-sim wrote it (format 4, this one knows 3)"));
}

TEST_CASE("a warehouse of an early version is refused") {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.sqlite").string();
  make_warehouse(path);
  run_sql(path, "UPDATE _fivetran_sim_connection SET format = 1");
  CHECK(
      says(refused(path), "an early version of fivetran-sim wrote it (format 1, this one uses 3)"));
}

TEST_CASE("a file that is no database is refused and stays as it is") {
  const support::TempDir folder;
  const std::string path = folder.write("notes.txt", "These are notes, long enough to be read.\n");
  CHECK(says(refused(path), "it is not a SQLite database"));
  CHECK(bytes_of(path) == "These are notes, long enough to be read.\n");
}

TEST_CASE("a folder in the place of the file") {
  const support::TempDir folder;
  fs::create_directory(folder.path() / "w.sqlite");
  CHECK(says(refused((folder.path() / "w.sqlite").string()), "is a directory"));
}

TEST_CASE("a file in the place of a folder") {
  const support::TempDir folder;
  folder.write("x", "");
  CHECK(says(refused((folder.path() / "x" / "w.sqlite").string()), "not a directory"));
}

TEST_CASE("a read-only file is refused for a run and can be read") {
  const support::TempDir folder;
  chmod(folder.path().c_str(), 0777);
  const std::string path = (folder.path() / "w.sqlite").string();
  make_warehouse(path);
  chmod(path.c_str(), 0444);
  const Unprivileged guard;
  CHECK(says(refused(path), "it is read-only"));
  auto opened = destinations::open("sqlite:" + path, "", reading());
  REQUIRE(opened.has_value());
  CHECK((*opened)->query("SELECT id FROM t")->rows.size() == 1);
}

TEST_CASE("a read-only folder is refused for a run and its file can be read") {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.sqlite").string();
  make_warehouse(path);
  chmod(path.c_str(), 0444);
  chmod(folder.path().c_str(), 0555);
  {
    const Unprivileged guard;
    CHECK(says(refused(path), "permission denied"));
    auto opened = destinations::open("sqlite:" + path, "", reading());
    REQUIRE(opened.has_value());
    CHECK((*opened)->query("SELECT id FROM t")->rows.size() == 1);
  }
  chmod(folder.path().c_str(), 0755);
}

TEST_CASE("reading makes nothing and leaves nothing behind") {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.sqlite").string();
  CHECK(says(refused(path, reading()), "no such file"));
  CHECK(fs::is_empty(folder.path()));
  make_warehouse(path);
  {
    auto opened = destinations::open("sqlite:" + path, "", reading());
    REQUIRE(opened.has_value());
    CHECK((*opened)->tables()->size() == 1);
    CHECK((*(*opened)->state())->state.json == R"({"a": 1})");
  }
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("an empty file is read as a warehouse in which nothing happened") {
  const support::TempDir folder;
  const std::string path = folder.write("w.sqlite", "");
  auto opened = destinations::open("sqlite:" + path, "", reading());
  REQUIRE(opened.has_value());
  CHECK((*opened)->tables()->empty());
  CHECK_FALSE((*opened)->state()->has_value());
  CHECK((*opened)->state_history()->empty());
  CHECK_FALSE((*opened)->connection()->has_value());
}

TEST_CASE("a reader is not disturbed by a run and the other way round") {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.sqlite").string();
  make_warehouse(path);
  auto run = destinations::open("sqlite:" + path, "", {});
  REQUIRE(run.has_value());
  auto reader = destinations::open("sqlite:" + path, "", reading());
  REQUIRE(reader.has_value());
  support::PageBuilder pages;
  const int sync = *(*run)->begin_sync("s", pages.now());
  CHECK((*run)->load(pages.page(sync, R"({"insert": {"t": [{"id": 2}]}})")).has_value());
  CHECK((*reader)->query("SELECT id FROM t")->rows.size() == 2);
}

TEST_CASE("a second run is told who holds the destination") {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.sqlite").string();
  auto first = destinations::open("sqlite:" + path, "", impatient("python:orders.py:handler"));
  REQUIRE(first.has_value());
  const base::Error error = refused(path, impatient("other"));
  CHECK(says(error, "process " + std::to_string(getpid())));
  CHECK(says(error, "python:orders.py:handler"));
  SUBCASE("another schema is free") {
    CHECK(destinations::open("sqlite:" + path, "other", impatient("x")).has_value());
  }
  SUBCASE("once it has ended the next may begin, and no lock file is left") {
    first->reset();
    CHECK(destinations::open("sqlite:" + path, "", impatient("x")).has_value());
    CHECK_FALSE(fs::exists(path + ".lock"));
  }
  SUBCASE("who waits gets it") {
    OpenOptions patient;
    patient.lock_patience = std::chrono::seconds(20);
    const pid_t child = fork();
    if (child == 0) _exit(destinations::open("sqlite:" + path, "", patient).has_value() ? 0 : 1);
    usleep(100'000);
    first->reset();
    int status = -1;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
  }
}

TEST_CASE("the lock ends with a process that is killed") {
  const support::TempDir folder;
  const std::string path = (folder.path() / "w.sqlite").string();
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const pid_t child = fork();
  if (child == 0) {
    auto held = destinations::open("sqlite:" + path, "", impatient("victim"));
    const char sign = held.has_value() ? 'y' : 'n';
    if (write(ready[1], &sign, 1) == 1) pause();
    _exit(0);
  }
  char sign = 0;
  REQUIRE(read(ready[0], &sign, 1) == 1);
  REQUIRE(sign == 'y');
  CHECK(says(refused(path, impatient("x")), "process " + std::to_string(child)));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  CHECK(destinations::open("sqlite:" + path, "", impatient("x")).has_value());
  close(ready[0]);
  close(ready[1]);
}
