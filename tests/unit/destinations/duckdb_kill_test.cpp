// SPDX-License-Identifier: Apache-2.0
#include "destinations/registry.hpp"
#include "support/duckdb.hpp"
#include "support/page_builder.hpp"
#include "support/temp_dir.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace {

constexpr int kRowsInPage = 20;
constexpr int kPages = 4000;

// Rows that stay and one that each page replaces. Every fourth page makes a column wider, so that
// the table is rebuilt, and every seventh brings a column.
std::string page_json(int number) {
  std::string rows = R"({"id": -1, "n": 0.5})";
  for (int i = 0; i < kRowsInPage; ++i)
    rows += fmt::format(R"(,{{"id": {}, "n": 1.{}1, "c{}": {}}})", number * kRowsInPage + i,
                        std::string(static_cast<std::size_t>(number / 4 % 30), '0'),
                        number / 7 % 20, number);
  return fmt::format(R"({{"state": {{"next": {}}}, "insert": {{"t": [{}], "log": [{{"p": {}}}]}},
                         "schema": {{"t": {{"primary_key": ["id"]}}}}, "hasMore": true}})",
                     number + 1, rows, number);
}

std::unique_ptr<core::Destination> opened(const std::string& url) {
  destinations::OpenOptions options;
  options.duckdb_library = support::duckdb_library();
  auto destination = destinations::open(url, "", options);
  return destination ? std::move(*destination) : nullptr;
}

int next_page(core::Destination& destination) {
  const auto state = destination.state();
  if (!state || !*state) return 0;
  return std::atoi((*state)->state.json.c_str() + std::string_view(R"({"next": )").size());
}

// Loads pages from where the state says until it is killed; says by a byte that it has begun.
[[noreturn]] void load_for_ever(const std::string& url, int begun) {
  const auto destination = opened(url);
  if (!destination) _exit(1);
  support::PageBuilder pages;
  const auto sync = destination->begin_sync("s", pages.now());
  if (!sync || write(begun, "1", 1) != 1) _exit(1);
  for (int number = next_page(*destination); number < kPages; ++number)
    if (!destination->load(pages.page(*sync, page_json(number)))) _exit(1);
  _exit(0);
}

std::string one(core::Destination& destination, const std::string& sql) {
  const auto result = destination.query(sql);
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().message));
  return result->rows[0][0].value_or("NULL");
}

}  // namespace

TEST_CASE("killed at any moment, the rows and the state in DuckDB are those of one page" *
          doctest::skip(support::without_duckdb())) {
  const support::TempDir folder;
  const std::string url = "duckdb:" + (folder.path() / "w.duckdb").string();
  std::mt19937 random(7);
  int progress = 0;
  // On a slow machine more rounds get as far.
  for (int round = 0; round < 8 || (progress <= 8 && round < 80); ++round) {
    CAPTURE(round);
    int begun[2] = {};
    REQUIRE(pipe(begun) == 0);
    const pid_t child = fork();
    if (child == 0) load_for_ever(url, begun[1]);
    close(begun[1]);
    char sign = 0;
    REQUIRE(read(begun[0], &sign, 1) == 1);
    close(begun[0]);
    usleep(static_cast<useconds_t>(20'000 + random() % 300'000));
    kill(child, SIGKILL);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
    const auto destination = opened(url);
    REQUIRE(destination != nullptr);
    const int next = next_page(*destination);
    CHECK(next >= progress);
    progress = next;
    if (next == 0) continue;
    CHECK(one(*destination, "SELECT count(*) FROM t") == std::to_string(next * kRowsInPage + 1));
    CHECK(one(*destination, "SELECT max(id) FROM t") == std::to_string(next * kRowsInPage - 1));
    CHECK(one(*destination, "SELECT count(*) FROM log") == std::to_string(next));
    CHECK(one(*destination, "SELECT n FROM t WHERE id = -1") == "0.5");
  }
  CHECK(progress > 8);
}
