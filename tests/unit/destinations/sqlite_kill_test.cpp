// SPDX-License-Identifier: Apache-2.0
#include "destinations/registry.hpp"
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

constexpr int kRowsInPage = 40;
constexpr int kPages = 4000;

std::string page_json(int number) {
  std::string rows;
  for (int i = 0; i < kRowsInPage; ++i)
    rows += fmt::format("{}{{\"id\": {}, \"text\": \"row of page {}\"}}", i == 0 ? "" : ",",
                        number * kRowsInPage + i, number);
  return fmt::format(R"({{"state": {{"next": {}}}, "insert": {{"t": [{}], "log": [{{"p": {}}}]}},
                         "schema": {{"t": {{"primary_key": ["id"]}}}}, "hasMore": true}})",
                     number + 1, rows, number);
}

int next_page(core::Destination& destination) {
  const auto state = destination.state();
  if (!state || !*state) return 0;
  return std::atoi((*state)->state.json.c_str() + std::string_view(R"({"next": )").size());
}

// Loads pages from where the state says until it is killed.
[[noreturn]] void load_for_ever(const std::string& url) {
  auto opened = destinations::open(url, "", {});
  if (!opened) _exit(1);
  support::PageBuilder pages;
  const auto sync = (*opened)->begin_sync("s", pages.now());
  if (!sync) _exit(1);
  for (int number = next_page(**opened); number < kPages; ++number)
    if (!(*opened)->load(pages.page(*sync, page_json(number)))) _exit(1);
  _exit(0);
}

std::string one(core::Destination& destination, const std::string& sql) {
  const auto result = destination.query(sql);
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().message));
  return result->rows[0][0].value_or("NULL");
}

}  // namespace

TEST_CASE("killed at any moment, rows and state are those of one and the same page") {
  const support::TempDir folder;
  const std::string url = "sqlite:" + (folder.path() / "w.sqlite").string();
  std::mt19937 random(7);
  int progress = 0;
  for (int round = 0; round < 12; ++round) {
    CAPTURE(round);
    const pid_t child = fork();
    if (child == 0) load_for_ever(url);
    usleep(static_cast<useconds_t>(20'000 + random() % 60'000));
    kill(child, SIGKILL);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
    auto opened = destinations::open(url, "", {});
    REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message));
    const int next = next_page(**opened);
    CHECK(next >= progress);
    progress = next;
    if (next == 0) continue;
    CHECK(one(**opened, "SELECT count(*) FROM t") == std::to_string(next * kRowsInPage));
    CHECK(one(**opened, "SELECT max(id) FROM t") == std::to_string(next * kRowsInPage - 1));
    CHECK(one(**opened, "SELECT count(*) FROM log") == std::to_string(next));
    CHECK((*opened)->tables()->size() == 2);
  }
  CHECK(progress > 0);
}
