// SPDX-License-Identifier: Apache-2.0
// The arithmetic of a forecast, beside values worked out by hand.
#include "workflows/forecast.hpp"

#include <limits>

#include <doctest/doctest.h>
#include <fmt/format.h>

using core::CallReport;
using doctest::Approx;
using workflows::ForecastBasis;

namespace {

CallReport page(int number, const std::string& state, std::uint64_t rows = 10,
                std::uint64_t bytes = 1000, double seconds = 2) {
  CallReport call;
  call.call = number;
  call.accepted = true;
  call.has_more = true;
  call.response_bytes = bytes;
  call.duration = std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6));
  call.rows = {{.table = "t", .inserted = rows}};
  call.state_after = state;
  return call;
}

std::vector<CallReport> at(const std::vector<std::int64_t>& cursors) {
  std::vector<CallReport> calls;
  calls.reserve(cursors.size());
  for (const std::int64_t cursor : cursors)
    calls.push_back(
        page(static_cast<int>(calls.size()) + 1, fmt::format(R"({{"after":{}}})", cursor)));
  return calls;
}

std::vector<CallReport> of_bytes(const std::vector<std::uint64_t>& sizes) {
  std::vector<CallReport> calls;
  calls.reserve(sizes.size());
  for (const std::uint64_t size : sizes)
    calls.push_back(page(static_cast<int>(calls.size()) + 1, "{}", 10, size));
  return calls;
}

ForecastBasis until(const std::string& value) {
  ForecastBasis basis;
  basis.limits.response_bytes = 6000;
  basis.call_timeout = std::chrono::seconds(900);
  basis.until = value;
  return basis;
}

bool says(const core::Forecast& forecast, std::string_view part) {
  for (const std::string& what : forecast.cannot_tell)
    if (what.find(part) != std::string::npos) return true;
  return false;
}

core::Severity severity_of(const std::vector<core::Finding>& findings, std::string_view rule) {
  for (const core::Finding& finding : findings)
    if (finding.rule == rule) return finding.severity;
  return core::Severity::off;
}

}  // namespace

TEST_CASE("steps that differ give an interval of two standard errors") {
  // Steps 10, 20, 10: mean 40/3; squares of the distances 100/9, 400/9, 100/9, so variance 100/3;
  // standard error sqrt(100/3 / 3) = 10/3. Of the 80 that are left: 80 / (40/3) = 6 calls, at
  // least 80 / (60/3) = 4, at most 80 / (20/3) = 12. A call takes 2 s.
  ForecastBasis basis = until("130");
  basis.sync_limit = std::chrono::seconds(10);
  const auto told = workflows::forecast_of(at({10, 20, 40, 50}), false, basis);
  REQUIRE(told.calls_left);
  CHECK(told.calls_left->likely == Approx(6));
  CHECK(told.calls_left->low == Approx(4));
  CHECK(*told.calls_left->high == Approx(12));
  CHECK(told.seconds_left->low == Approx(8));
  CHECK(told.seconds_left->likely == Approx(12));
  CHECK(*told.seconds_left->high == Approx(24));
  CHECK(told.syncs_left->low == 1);
  CHECK(told.syncs_left->likely == 2);
  CHECK(*told.syncs_left->high == 3);
  CHECK(told.cursor == "/after");
  CHECK(told.cursor_at == "50");
  CHECK(told.step == "13.3");
  CHECK(told.target == "130");
}

TEST_CASE("steps that scatter too much leave the upper end open") {
  // Steps 1, 0, 5: mean 2, variance 7, standard error sqrt(7/3) = 1.5275; 2 - 3.055 < 0.
  const auto told = workflows::forecast_of(at({0, 1, 1, 6}), false, until("16"));
  REQUIRE(told.calls_left);
  CHECK(told.calls_left->likely == Approx(5));
  CHECK(told.calls_left->low == Approx(10 / (2 + 2 * 1.527525)));
  CHECK_FALSE(told.calls_left->high);
  CHECK_FALSE(told.seconds_left->high);
  CHECK_FALSE(told.syncs_left->high);
}

TEST_CASE("a cursor that is at its end or beyond it leaves nothing") {
  for (const char* end : {"50", "7"}) {
    const auto told = workflows::forecast_of(at({20, 30, 40, 50}), false, until(end));
    REQUIRE(told.calls_left);
    CHECK(told.calls_left->likely == 0);
    CHECK(told.syncs_left->likely == 1);  // the one that runs
  }
}

TEST_CASE("three steps are the fewest for a rate") {
  const auto few = workflows::forecast_of(at({10, 20, 30}), false, until("100"));
  CHECK_FALSE(few.calls_left);
  CHECK(says(few, "3 calls are too few for a rate"));
  const auto enough = workflows::forecast_of(at({10, 20, 30, 40}), false, until("100"));
  CHECK(enough.calls_left->likely == Approx(6));
}

TEST_CASE("it says what it cannot tell") {
  const auto no_end = workflows::forecast_of(at({10, 20, 30, 40}), false, until(""));
  CHECK_FALSE(no_end.calls_left);
  CHECK(says(no_end, "where it ends is not known"));
  CHECK(says(no_end, "monthly active rows"));
  const auto stands = workflows::forecast_of(at({10, 10, 10, 10}), false, until("100"));
  CHECK(stands.cursor.empty());
  CHECK(says(stands, "no value of the state moves forward"));
  const auto back = workflows::forecast_of(at({10, 20, 15, 40}), false, until("100"));
  CHECK(says(back, "no value of the state moves forward"));
  CHECK(workflows::forecast_of({}, false, until("100")).calls == 0);
}

TEST_CASE("a finished sync has nothing left, and nothing that could not be told of it") {
  const auto told = workflows::forecast_of(at({10, 20, 30, 40}), true, until("100"));
  CHECK(told.finished);
  CHECK_FALSE(told.calls_left);
  CHECK_FALSE(says(told, "what is left"));
}

TEST_CASE("a number of rows in all takes the place of the cursor") {
  ForecastBasis basis = until("");
  basis.total_rows = 1000;
  const std::vector<CallReport> calls = {page(1, "{}", 100), page(2, "{}", 100),
                                         page(3, "{}", 100)};
  const auto told = workflows::forecast_of(calls, false, basis);
  CHECK(told.calls_left->likely == Approx(7));  // 700 rows, 100 a call
  CHECK(*told.calls_left->high == Approx(7));
  basis.total_rows = 250;
  CHECK(workflows::forecast_of(calls, false, basis).calls_left->likely == 0);
  CHECK(says(workflows::forecast_of({page(1, "{}"), page(2, "{}")}, false, basis), "too few"));
}

TEST_CASE("times are a cursor that ends now; the days passed give the rows of a month") {
  std::vector<CallReport> calls;
  for (int i = 1; i <= 4; ++i)
    calls.push_back(page(i, fmt::format(R"({{"day":"2024-01-{:02}T00:00:00Z"}})", 10 * i - 9), 20));
  ForecastBasis basis = until("");
  // 2024-03-01 is 30 days after the last value, 2024-01-31; ten days a call.
  basis.now = core::WallTime(std::chrono::seconds(1'709'251'200));
  const auto told = workflows::forecast_of(calls, false, basis);
  CHECK(told.target == "now");
  CHECK(told.calls_left->likely == Approx(3));
  // Three of the four calls, 60 rows, lie in the 30 days between the values: 2 a day.
  CHECK(*told.active_rows_a_month == Approx(2 * 30.4));
}

TEST_CASE("responses that grow: a line through their sizes that rises clearly") {
  const auto grows = workflows::forecast_of(of_bytes({100, 200, 300, 400, 500}), false, until(""));
  CHECK(grows.growth == Approx(100));
  CHECK(grows.grows);
  CHECK(grows.largest_response == 500);
  CHECK(grows.largest_call == 5);
  // Up and down: the slope is 0.
  const auto wavers = workflows::forecast_of(of_bytes({100, 300, 100, 300, 100}), false, until(""));
  CHECK(wavers.growth == Approx(0));
  CHECK_FALSE(wavers.grows);
  CHECK(wavers.largest_call == 2);  // the first of the largest
  // A slope of 60 with residuals 48, -112, 128, -112, 48: error sqrt(46080/3/10) = 39.2.
  const auto scatters =
      workflows::forecast_of(of_bytes({220, 120, 420, 240, 460}), false, until(""));
  CHECK(scatters.growth == Approx(60));
  CHECK_FALSE(scatters.grows);
  CHECK_FALSE(workflows::forecast_of(of_bytes({100, 200, 300, 400}), false, until("")).grows);
}

TEST_CASE("empties, the slowest call, and objects in a bucket") {
  std::vector<CallReport> calls = {page(1, "{}", 0), page(2, "{}", 5, 1000, 7), page(3, "{}", 0)};
  calls[2].file_bytes = 4000;
  const auto told = workflows::forecast_of(calls, true, until(""));
  CHECK(told.empty_calls == 2);
  CHECK(told.rows == 5);
  CHECK(told.slowest_call == 2);
  CHECK(told.slowest_seconds == Approx(7));
  CHECK(told.seconds == Approx(11));
  CHECK(told.largest_response == 4000);
  CHECK(told.largest_call == 3);
  CHECK(told.bytes == 6000);
  CHECK(told.limit_seconds == Approx(900));
}

TEST_CASE("numbers at the ends of their range") {
  constexpr auto kLow = std::numeric_limits<std::int64_t>::min();
  constexpr auto kHigh = std::numeric_limits<std::int64_t>::max();
  const auto told =
      workflows::forecast_of(at({kLow, 0, kHigh, kHigh}), false, until(std::to_string(kHigh)));
  REQUIRE(told.calls_left);
  CHECK(told.calls_left->likely == 0);
}

TEST_CASE("findings: several syncs, responses on their way to the limit, nothing to tell") {
  ForecastBasis basis = until("130");
  basis.sync_limit = std::chrono::seconds(10);
  const rules::Options options{.strict = false, .select = {}, .ignore = {}};
  const auto long_way = workflows::forecast_of(at({10, 20, 40, 50}), false, basis);
  const auto first = workflows::forecast_findings(long_way, basis, options);
  REQUIRE(first.size() == 1);
  CHECK(first[0].rule == "FCT-01");
  CHECK(first[0].message.find("2 syncs") != std::string::npos);
  const auto growing =
      workflows::forecast_of(of_bytes({1000, 2000, 3000, 4000, 5000}), false, until(""));
  const auto second = workflows::forecast_findings(growing, until(""), options);
  CHECK(severity_of(second, "FCT-02") == core::Severity::warning);
  CHECK(severity_of(second, "FCT-03") == core::Severity::info);
  REQUIRE(!second.empty());
  // 1,000 of the 6,000 bytes are left, and each response is larger by 1,000.
  CHECK(second[0].message.find("after 1 calls more") != std::string::npos);
  const auto done =
      workflows::forecast_of(of_bytes({1000, 2000, 3000, 4000, 5000}), true, until(""));
  CHECK(workflows::forecast_findings(done, until(""), options).empty());
}

TEST_CASE("the pages of a report: the first sync, without its setup tests") {
  core::Report report;
  report.target = "cmd:x";
  CHECK(workflows::recorded_calls(report).error().message == "it holds no sync");
  core::SyncReport setup;
  setup.kind = "setup test";
  setup.calls = {page(1, "{}")};
  report.syncs = {setup};
  CHECK_FALSE(workflows::recorded_calls(report));
  core::SyncReport sync;
  sync.kind = "historical";
  sync.outcome = core::Outcome::failed;
  sync.calls = {page(1, R"({"n":12345678901234567890123})"), page(2, "{}")};
  sync.calls[1].accepted = false;
  report.syncs.push_back(sync);
  const auto recorded = workflows::recorded_calls(report);
  REQUIRE(recorded);
  CHECK(recorded->calls.size() == 1);
  CHECK(recorded->calls[0].state_after == R"({"n":12345678901234567890123})");
  CHECK_FALSE(recorded->finished);
  report.syncs[1].calls[0].accepted = false;
  CHECK(workflows::recorded_calls(report).error().message == "its sync has no page");
}
