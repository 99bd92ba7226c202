// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using core::Severity;
using scene::Lines;
using scene::Sync;

namespace {

std::string page(std::string_view state, bool more) {
  return fmt::format(
      R"({{"state":{},"insert":{{"t":[{{"id":1}}]}},"schema":{{"t":{{"primary_key":["id"]}}}},"hasMore":{}}})",
      state, more);
}
std::string empty_page(std::string_view state, bool more) {
  return fmt::format(R"({{"state":{},"insert":{{}},"hasMore":{}}})", state, more);
}

// The findings of rule STA-07 over a whole sync whose pages return these states; the last one ends
// it.
Lines order_findings(std::string_view start, const std::vector<std::string>& states) {
  Sync sync({.select = {"STA-07"}});
  sync.begin(std::string(start));
  Lines all;
  for (std::size_t i = 0; i < states.size(); ++i)
    for (const std::string& line :
         scene::lines(sync.call(page(states[i], i + 1 < states.size())).findings, Severity::info))
      all.push_back(fmt::format("call {}: {}", i + 1, line));
  return all;
}

// A table that was loaded before this sync, of which so many rows came again.
core::LoadFacts reload(std::uint64_t before, std::uint64_t unchanged) {
  core::TableLoad table;
  table.table = "t";
  table.unchanged = unchanged;
  table.stored_rows_before_sync = before;
  return {{table}};
}

}  // namespace

TEST_CASE("a missing or null state rejects, whatever else is there") {
  Sync sync;
  const auto verdict = sync.call(R"({"state":null,"insert":{},"hasMore":false})");
  CHECK(verdict.rejected);
  CHECK(scene::lines(verdict.findings) == Lines{"STA-01 error - /state 1"});
}

TEST_CASE("an unchanged state with hasMore true warns at once") {
  Sync sync;
  sync.call(page(R"({"a":1,"b":2})", true));
  const auto verdict = sync.call(page(R"({ "b":2, "a":1 })", true));
  CHECK_FALSE(verdict.rejected);
  CHECK(scene::lines(verdict.findings) == Lines{"STA-04 warning - /state 1"});
  // The last page may well keep it.
  CHECK(sync.call(page(R"({"a":1,"b":2})", false)).findings.empty());
}

TEST_CASE("a state that comes back after several calls warns, with the period when it is proven") {
  Sync sync;
  std::string last;
  int warned = 0;
  for (int call = 0; call < 24; ++call) {
    const auto verdict = sync.call(page(fmt::format(R"({{"p":{}}})", call % 3), true));
    if (verdict.findings.empty()) continue;
    CHECK(scene::line(verdict.findings.at(0)) == "STA-04 warning - /state 1");
    last = verdict.findings.at(0).message;
    ++warned;
  }
  CHECK(warned >= 2);
  CHECK(last.find("this loop of 3 calls is endless as far as can be seen") != std::string::npos);
}

TEST_CASE("a cursor that goes up and down between pages warns") {
  CHECK(order_findings(R"({"c":"2024-01-01T00:00:00Z"})",
                       {R"({"c":"2024-03-01T00:00:00Z"})", R"({"c":"2024-02-01T00:00:00Z"})",
                        R"({"c":"2024-04-01T00:00:00Z"})"}) ==
        Lines{"call 2: STA-07 warning - /state/c 1"});
  // On a historical sync the direction shows after two pages.
  CHECK(order_findings("{}", {R"({"id":10,"c":"2024-03-01"})", R"({"id":20,"c":"2024-04-01"})",
                              R"({"id":30,"c":"2024-02-01"})", R"({"id":40,"c":"2024-05-01"})"}) ==
        Lines{"call 3: STA-07 warning - /state/c 1"});
  CHECK(order_findings(R"({"n":{"c":["2024-01-01"]}})",
                       {R"({"n":{"c":["2024-03-01"]}})", R"({"n":{"c":["2024-02-01"]}})",
                        R"({"n":{"c":["2024-04-01"]}})"}) ==
        Lines{"call 2: STA-07 warning - /state/n/c/0 1"});
}

TEST_CASE("a cursor that falls from page to page until the end warns at the end") {
  CHECK(order_findings("{}", {R"({"offset":10,"since":"2024-03-21T12:00:00Z"})",
                              R"({"offset":20,"since":"2024-03-11T12:00:00Z"})",
                              R"({"offset":30,"since":"2024-03-01T12:00:00Z"})"}) ==
        Lines{"call 2: STA-07 info - /state/since 1", "call 3: STA-07 warning - /state/since 1"});
}

TEST_CASE("a cursor that jumps about warns on the last page, too") {
  CHECK(order_findings("{}", {R"({"id":10,"c":"2024-04-19"})", R"({"id":20,"c":"2024-04-09"})",
                              R"({"id":30,"c":"2024-04-27"})", R"({"id":40,"c":"2024-04-17"})"}) ==
        Lines{"call 2: STA-07 info - /state/c 1", "call 4: STA-07 warning - /state/c 1"});
}

TEST_CASE("cursors that go back for a good reason are at most noted") {
  SUBCASE("the next table") {
    CHECK(order_findings(
              "{}", {R"({"table":"a","c":"2024-03-01"})", R"({"table":"a","c":"2024-04-01"})",
                     R"({"table":"b","c":"2020-01-01"})", R"({"table":"b","c":"2024-05-01"})"}) ==
          Lines{"call 3: STA-07 info - /state/c 1"});
  }
  SUBCASE("the next table by number") {
    CHECK(
        order_findings("{}", {R"({"table":0,"c":"2024-03-01"})", R"({"table":0,"c":"2024-04-01"})",
                              R"({"table":1,"c":"2020-01-01"})"}) ==
        Lines{"call 3: STA-07 info - /state/c 1"});
  }
  SUBCASE("a few days off at the end") {
    CHECK(order_findings(
              "{}", {R"({"c":"2024-03-01"})", R"({"c":"2024-04-01"})", R"({"c":"2024-03-30"})"}) ==
          Lines{"call 3: STA-07 info - /state/c 1"});
  }
  SUBCASE("a few days off at the start and at the end") {
    CHECK(order_findings(R"({"c":"2024-03-10"})", {R"({"c":"2024-03-08"})", R"({"c":"2024-03-12"})",
                                                   R"({"c":"2024-03-11"})"}) ==
          Lines{"call 3: STA-07 info - /state/c 1"});
  }
  SUBCASE("a few days off at the end, after another table") {
    CHECK(order_findings(
              "{}", {R"({"table":"a","c":"2024-03-01"})", R"({"table":"b","c":"2020-01-01"})",
                     R"({"table":"b","c":"2024-04-01"})", R"({"table":"b","c":"2024-03-30"})"}) ==
          Lines{"call 2: STA-07 info - /state/c 1", "call 4: STA-07 info - /state/c 1"});
  }
  SUBCASE("from the newest to the oldest") {
    CHECK(order_findings("{}", {R"({"before":"2024-03-01"})", R"({"before":"2024-02-01"})",
                                R"({"before":"2024-01-01"})"})
              .empty());
  }
  SUBCASE("a new sync starts earlier") {
    CHECK(order_findings(R"({"c":"2024-03-01"})", {R"({"c":"2024-02-01"})"}).empty());
  }
  SUBCASE("other kinds of values") {
    CHECK(order_findings("{}", {R"({"c":9})", R"({"c":12})", R"({"c":3})"}).empty());
    CHECK(order_findings("{}", {R"({"c":"b"})", R"({"c":"c"})", R"({"c":"a"})"}).empty());
  }
}

TEST_CASE("a cursor in the future is noted") {
  CHECK(order_findings("{}", {R"({"c":"2024-06-15T20:00:00+02:00"})"}).empty());
  CHECK(order_findings("{}", {R"({"c":"2024-06-17"})"}) ==
        Lines{"call 1: STA-07 info - /state/c 1"});
}

TEST_CASE("a first sync without rows and a cursor near now warns") {
  const auto findings = [](std::string_view start, const std::string& answer) {
    Sync sync({.select = {"STA-05"}});
    sync.begin(std::string(start));
    sync.now += std::chrono::hours(10);
    sync.call(answer);
    return scene::lines(sync.end());
  };
  CHECK(findings("{}", empty_page(R"({"a":{"since":"2024-06-15T09:58:00Z"}})", false)) ==
        Lines{"STA-05 warning - /state/a/since 1"});
  CHECK(findings("{}", empty_page(R"({"since":"2024-06-15T11:59:30.5+02:00"})", false)).size() ==
        1);
  CHECK(findings("{}", empty_page(R"({"since":"2024-06-15"})", false)).size() == 1);
  CHECK(findings("{}", empty_page(R"({"since":1718445000})", false)).size() == 1);
  CHECK(findings("{}", empty_page(R"({"since":1718445000123})", false)).size() == 1);
  CHECK(findings("{}", empty_page(R"({"since":1718445000.25})", false)).size() == 1);
  // Not the first sync, rows, a cursor of another day, another number.
  CHECK(findings(R"({"x":1})", empty_page(R"({"since":"2024-06-15T09:58:00Z"})", false)).empty());
  CHECK(findings("{}", page(R"({"since":"2024-06-15T09:58:00Z"})", false)).empty());
  CHECK(findings("{}", empty_page(R"({"since":"2024-06-14T09:58:00Z"})", false)).empty());
  CHECK(findings("{}", empty_page(R"({"since":171844500})", false)).empty());
}

TEST_CASE("a reload is reported from twenty rows and ninety per cent on") {
  const auto findings = [](std::uint64_t before, std::uint64_t unchanged) {
    Sync sync({.select = {"STA-03"}});
    sync.begin(R"({"c":1})");
    sync.call(page(R"({"c":1})", false), reload(before, unchanged));
    return scene::lines(sync.end());
  };
  CHECK(findings(20, 18) == Lines{"STA-03 warning t - 1"});
  CHECK(findings(20, 17).empty());
  CHECK(findings(19, 19).empty());
}

TEST_CASE("a reload that the user asked for, or that marks deletes, is none") {
  Sync sync({.select = {"STA-03"}});
  SUBCASE("a full refresh starts at {} though the last sync ended elsewhere") {
    sync.call(page(R"({"c":1})", false));
    sync.begin("{}");
    sync.call(page(R"({"c":1})", false), reload(20, 20));
    CHECK(sync.end().empty());
  }
  SUBCASE("but a connector that always returns {} ignores its state") {
    sync.call(page("{}", false));
    sync.begin("{}");
    sync.call(page("{}", false), reload(20, 20));
    CHECK(scene::lines(sync.end()) == Lines{"STA-03 warning t - 1"});
  }
  SUBCASE("softDelete needs all rows") {
    sync.begin(R"({"c":1})");
    sync.call(
        R"({"state":{"c":1},"insert":{"t":[{"id":1}]},"softDelete":["t"],"schema":{"t":{"primary_key":["id"]}},"hasMore":false})",
        reload(20, 20));
    CHECK(sync.end().empty());
  }
}

TEST_CASE("dropped keys and large states") {
  Sync sync;
  sync.begin(R"({"users":1,"orders":2})");
  CHECK(scene::lines(sync.call(page(R"({"users":2})", false)).findings, Severity::info) ==
        Lines{"STA-06 info - /state 1"});
  const auto sized = [](std::size_t bytes) {
    return scene::judged(page(fmt::format(R"({{"a":"{}"}})", std::string(bytes, 'x')), false),
                         {.select = {"STA-08"}}, Severity::info);
  };
  CHECK(sized(64 * 1024 - 8).empty());
  CHECK(sized(64 * 1024) == Lines{"STA-08 info - /state 1"});
  CHECK(sized(1024 * 1024) == Lines{"STA-08 warning - /state 1"});
}
