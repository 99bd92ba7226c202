// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using core::Severity;
using scene::Lines;
using scene::Sync;

// What shows over several calls: states that are not read or grow, cursors from the clock, pages
// that overlap, errors that are only printed.
namespace {

std::string rows(int first, int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += fmt::format(R"({}{{"id":{}}})", i == 0 ? "" : ",", first + i);
  return text;
}

std::string page(std::string_view state, std::string_view insert, bool more = true) {
  return fmt::format(
      R"({{"state":{},"insert":{{"t":[{}]}},"schema":{{"t":{{"primary_key":["id"]}}}},"hasMore":{}}})",
      state, insert, more);
}

core::LoadFacts loaded(std::uint64_t inserted, std::uint64_t replaced, std::uint64_t repeated,
                       std::uint64_t unchanged = 0) {
  core::TableLoad table;
  table.table = "t";
  table.inserted = inserted;
  table.replaced = replaced;
  table.repeated = repeated;
  table.unchanged = unchanged;
  return {{table}};
}

Lines end_of(const Sync& sync) {
  return scene::lines(sync.end(), Severity::info);
}

}  // namespace

TEST_CASE("the same rows to other states, in each call of a sync or in some") {
  Sync all({.select = {"STA-11"}});
  for (int n = 1; n <= 3; ++n) {
    CHECK(end_of(all).empty());
    all.call(page(fmt::format(R"({{"n":{}}})", n), rows(0, 5)));
  }
  CHECK(end_of(all) == Lines{"STA-11 warning - /insert 1"});

  Sync some({.select = {"STA-11"}});
  for (int n = 1; n <= 4; ++n)
    some.call(page(fmt::format(R"({{"n":{}}})", n), rows(n == 1 ? 50 : 0, 5)));
  CHECK(end_of(some) == Lines{"STA-11 info - /insert 1"});

  // The same state is STA-04's, and a row or two may be a heartbeat.
  Sync same({.select = {"STA-11"}}), few({.select = {"STA-11"}});
  for (int n = 1; n <= 4; ++n) {
    same.call(page(R"({"n":1})", rows(0, 5)));
    few.call(page(fmt::format(R"({{"n":{}}})", n), rows(0, 4)));
  }
  CHECK(end_of(few).empty());
  CHECK(end_of(same).empty());
}

TEST_CASE("a state that grows with each of ten calls") {
  const auto after = [](int calls, std::size_t step) {
    Sync sync({.select = {"STA-10"}});
    for (int n = 1; n <= calls; ++n)
      sync.call(page(fmt::format(R"({{"n":"{}"}})", std::string(step * std::size_t(n), 'x')), ""));
    return end_of(sync);
  };
  CHECK(after(10, 500) == Lines{"STA-10 info - /state 1"});
  CHECK(after(10, 7000) == Lines{"STA-10 warning - /state 1"});
  CHECK(after(9, 7000).empty());
  CHECK(after(12, 100).empty());
}

TEST_CASE("keys of the state that are values") {
  const auto second = [](std::string_view first, std::string_view then) {
    Sync sync({.select = {"STA-06", "STA-09"}});
    sync.call(page(first, ""));
    return scene::lines(sync.call(page(then, "")).findings, Severity::info);
  };
  CHECK(second(R"({"2024-01-05":"2024-01-05"})", R"({"2024-01-06":"2024-01-06"})") ==
        Lines{"STA-09 warning - /state 1"});
  CHECK(second(R"({"17":17})", R"({"18":18})") == Lines{"STA-09 warning - /state 1"});
  CHECK(second(R"({"2024-01-05":{"page":1}})", R"({"2024-01-06":{"page":1}})") ==
        Lines{"STA-09 info - /state 1"});
  // One cursor an account is fine, and so is one more of them.
  CHECK(second(R"({"17":"a"})", R"({"17":"b","18":"a"})").empty());
  CHECK(second(R"({"a":1})", R"({"b":1})") == Lines{"STA-06 info - /state 1"});
}

TEST_CASE("a time in the future may be a number that is named as one") {
  CHECK(scene::judged(page(R"({"updated_at":2999999999})", ""), {.select = {"STA-07"}},
                      Severity::info) == Lines{"STA-07 info - /state/updated_at 1"});
  CHECK(scene::judged(page(R"({"last_id":2999999999})", ""), {.select = {"STA-07"}}, Severity::info)
            .empty());
}

TEST_CASE("an odd time in the state is told where it first appears") {
  Sync sync({.select = {"STA-12"}});
  const std::string odd = page(R"({"a":{"c":"2024-01-05T10-30-00Z"},"d":"2024-01-05"})", "");
  CHECK(scene::lines(sync.call(odd).findings, Severity::info) ==
        Lines{"STA-12 info - /state/a/c 1"});
  CHECK(sync.call(odd).findings.empty());
}

TEST_CASE("a cursor from the clock") {
  const auto judged = [](std::string_view state, std::string_view insert, bool more = false) {
    Sync sync({.select = {"INC-03"}});
    sync.raw.duration = std::chrono::seconds(3);
    return scene::lines(sync.call(page(state, insert, more)).findings, Severity::info);
  };
  // `now` of the scene is 2024-06-15T00:00:00Z.
  CHECK(judged(R"({"c":"2024-06-14T23:59:57Z"})", rows(0, 1)) == Lines{"INC-03 info - /state/c 1"});
  CHECK(judged(R"({"c":1718409598})", rows(0, 1)) == Lines{"INC-03 info - /state/c 1"});
  CHECK(judged(R"({"c":"2024-06-14T23:59:50Z"})", rows(0, 1)).empty());
  CHECK(judged(R"({"c":"2024-06-15"})", rows(0, 1)).empty());
  CHECK(judged(R"({"c":"2024-06-14T23:59:57Z"})", "").empty());
  CHECK(judged(R"({"c":"2024-06-14T23:59:57Z"})", rows(0, 1), true).empty());
  // The newest record is of this moment.
  CHECK(
      judged(R"({"c":"2024-06-14T23:59:57Z"})", R"({"id":1,"at":"2024-06-14T23:59:57Z"})").empty());
}

TEST_CASE("a round number of rows and then the present time") {
  const auto after = [](int count, std::string_view cursor) {
    Sync sync({.select = {"INC-04"}});
    sync.call(page(fmt::format(R"({{"c":"{}"}})", cursor), rows(0, count), false));
    return end_of(sync);
  };
  CHECK(after(500, "2024-06-15T00:00:00Z") == Lines{"INC-04 info t /state/c 1"});
  CHECK(after(501, "2024-06-15T00:00:00Z").empty());
  CHECK(after(400, "2024-06-15T00:00:00Z").empty());
  CHECK(after(500, "2023-01-05T00:00:00Z").empty());
}

TEST_CASE("rows that come again unchanged are counted, unless the table comes as a whole") {
  const auto second = [](std::uint64_t before, std::uint64_t unchanged, std::string_view state) {
    Sync sync({.select = {"INC-06", "STA-03"}});
    sync.call(page(R"({"n":1})", rows(0, 40)));
    sync.begin(std::string(state));
    core::LoadFacts facts = loaded(40, unchanged, 0, unchanged);
    facts.tables[0].stored_rows_before_sync = before;
    sync.call(page(R"({"n":2})", rows(20, 40)), facts);
    return end_of(sync);
  };
  CHECK(second(40, 20, R"({"n":1})") == Lines{"INC-06 info t - 20"});
  CHECK(second(40, 7, R"({"n":1})").empty());
  CHECK(second(40, 40, R"({"n":1})") == Lines{"STA-03 warning t - 1"});
  CHECK(second(40, 20, "{}").empty());
}

TEST_CASE("pages that overlap") {
  const auto after = [](int pages, std::uint64_t replaced, std::uint64_t repeated) {
    Sync sync({.select = {"RES-05"}});
    for (int n = 0; n < pages; ++n)
      sync.call(page(fmt::format(R"({{"n":{}}})", n), rows(n, 20)), loaded(20, replaced, repeated));
    return end_of(sync);
  };
  CHECK(after(3, 19, 19) == Lines{"RES-05 warning t - 1"});
  CHECK(after(2, 19, 19).empty());
  CHECK(after(3, 9, 9).empty());
  // All rows again: a small table that is sent with every page.
  CHECK(after(5, 20, 20).empty());
}

TEST_CASE("an error that is only printed") {
  const auto judged = [](std::string_view insert, std::string_view state) {
    Sync sync({.select = {"RES-04"}});
    sync.raw.log_tail = {"start", "Traceback (most recent call last):", "ValueError: 503"};
    return scene::lines(sync.call(page(state, insert)).findings, Severity::info);
  };
  CHECK(judged("", R"({"n":1})") == Lines{"RES-04 warning - - 1"});
  CHECK(judged(rows(0, 1), R"({"n":1})") == Lines{"RES-04 info - - 1"});
  CHECK(judged("", "{}") == Lines{"RES-04 info - - 1"});
  Sync quiet({.select = {"RES-04"}});
  quiet.raw.log_tail = {"ERROR 503, trying again"};
  CHECK(quiet.call(page(R"({"n":1})", "")).findings.empty());
}
