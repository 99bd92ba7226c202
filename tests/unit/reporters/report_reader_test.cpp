// SPDX-License-Identifier: Apache-2.0
#include "reporters/report_reader.hpp"

#include "core/column_type.hpp"
#include "reporters/json_report.hpp"

#include <doctest/doctest.h>

namespace {

core::SyncReport one_sync() {
  core::SyncReport made;
  made.sync = 3;
  made.sync_id = "00000000-0000-4000-8000-000000000001";
  made.kind = "historical";
  made.outcome = core::Outcome::stopped;
  made.stopped_by = "max-calls";
  made.call_count = 1;
  made.totals = {{"t \"x\"", 4, 1, 2}};
  made.widened = {
      {"t", "v", core::ColumnType::integer, core::ColumnType::json, 1, "/insert/t/0/v"}};
  made.duration = std::chrono::microseconds(1'234'567);
  made.connector_time = std::chrono::microseconds(1);
  made.state = R"({"n":12345678901234567890,"f":1.50})";
  core::CallReport call;
  call.call = 1;
  call.accepted = call.has_more = true;
  call.request_bytes = 10;
  call.response_bytes = 6'291'557;
  call.file_bytes = 0;
  call.duration = std::chrono::microseconds(999'999);
  call.rows = made.totals;
  call.state_before = "{}";
  call.state_after = made.state;
  call.failure = core::FailureKind::timed_out;
  call.error = "Task timed out";
  call.request_id = "r";
  call.executed_version = "$LATEST";
  call.init_duration = std::chrono::microseconds(5);
  call.billed_duration = std::chrono::microseconds(0);
  call.peak_memory_bytes = 1;
  call.memory_size_bytes = 2;
  made.calls.push_back(call);
  return made;
}

core::Finding finding() {
  core::Finding made;
  made.rule = "ROW-04";
  made.slug = "duplicate-key-in-response";
  made.severity = core::Severity::error;
  made.certainty = core::Certainty::observed;
  made.sync = 3;
  made.call = 1;
  made.table = "ümlaut\n";
  made.pointer = "/insert/t/0";
  made.subject = "v";
  made.message = "m";
  made.evidence = {"a", ""};
  core::Collision collision;
  collision.call = 1;
  collision.key = "id=1";
  collision.first = "/insert/t/0";
  collision.second = "/insert/t/1";
  collision.cells.push_back({"v", "1", "", true});
  collision.left_out = 2;
  made.collisions.push_back(collision);
  made.background = "b";
  made.fix = "f";
  made.reproduce = "r";
  made.count = 7;
  made.places = {"/insert/t/* v"};
  made.check = 1;
  made.pardon = core::Pardon::known;
  made.pardon_reason = "old";
  return made;
}

core::ChaosMatrix matrix() {
  core::ChaosMatrix made;
  made.pages_in_sync = 3;
  made.pages = {1, 3};
  made.faults = {{"lost", "the response is lost", "RES-01"}};
  made.cells = {{.fault = "lost",
                 .page = 1,
                 .verdict = core::ChaosVerdict::endless,
                 .extra = 1,
                 .lost = 2,
                 .changed = 3,
                 .detail = "no end",
                 .rows = {"t id=1: lost"}},
                {.fault = "lost", .page = 3, .verdict = core::ChaosVerdict::same}};
  made.volatile_columns = {"t.at"};
  made.unjudged = {"u: random"};
  made.calls = 9;
  made.resumed = 1;
  made.seed = 18'446'744'073'709'551'615U;
  made.complete = false;
  made.check = 1;
  return made;
}

core::Forecast forecast() {
  core::Forecast made;
  made.basis = "20 calls made now";
  made.calls = 20;
  made.rows = 200;
  made.bytes = 6;
  made.empty_calls = 1;
  made.seconds = 1.5;
  made.largest_response = 4;
  made.response_limit = 5;
  made.largest_call = 3;
  made.growth = -0.5;
  made.grows = true;
  made.slowest_seconds = 0.125;
  made.limit_seconds = 900;
  made.slowest_call = 2;
  made.cursor = "/day";
  made.cursor_at = "2024-01-01";
  made.target = "now";
  made.step = "10h";
  made.calls_left = core::Interval{.low = 1, .likely = 2.5, .high = 3};
  made.seconds_left = core::Interval{.low = 1, .likely = 2, .high = std::nullopt};
  made.syncs_left = made.seconds_left;
  made.active_rows_a_month = 60.8;
  made.sent_again = 1;
  made.next_sync_rows = 0;
  made.next_sync_unchanged = 0;
  made.cannot_tell = {"what is left"};
  return made;
}

// The report with a part of its text replaced.
std::string broken(const core::Report& report, const std::string& from, const std::string& to) {
  std::string text = reporters::json_report(report);
  const std::size_t at = text.find(from);
  REQUIRE(at != text.npos);
  text.replace(at, from.size(), to);
  const auto read = reporters::read_report(text);
  REQUIRE_FALSE(read);
  return read.error().message;
}

}  // namespace

TEST_CASE("a report that was read back is written as it was") {
  core::Report report;
  report.command = "test";
  report.target = "cmd:x";
  report.destination = "memory:";
  report.outcome = core::Outcome::stopped;
  report.exit_code = core::ExitCode::user_limit;
  report.strict = true;
  report.fail_on = core::Severity::off;
  report.error = "e";
  report.source = {"a/b.py", 12};
  report.checks = {{"cmd:x",
                    "historical sync",
                    core::CheckOutcome::skipped,
                    "why",
                    std::chrono::microseconds(12),
                    {"c.py", 2}}};
  report.syncs.push_back(one_sync());
  report.syncs.back().kind = "setup test";
  report.syncs.push_back(one_sync());
  core::Table table;
  table.name = "t";
  table.source = "T";
  table.primary_key = {"id"};
  table.rows = 9;
  table.columns.resize(1);
  table.columns[0].name = "id";
  table.columns[0].source = "ID";
  table.columns[0].type = core::ColumnType::instant;
  report.tables.push_back(table);
  report.findings.push_back(finding());
  report.waivers = {
      {"ROW-04", "s", "t*", "why", "2027-01-01", "--waive", core::WaiverFate::expired, 3}};
  report.baseline = {"b.json", true, 4, {{"ROW-01", "t", "/x", "r", ""}}, {}};
  report.chaos = {matrix()};
  report.forecast = forecast();
  report.determinism = core::Determinism{.states = {"at {}"},
                                         .tried = {"warm"},
                                         .differences = {{.pointer = "/insert/t/*/at",
                                                          .when = {"warm"},
                                                          .first = "1",
                                                          .second = "2",
                                                          .order_only = true,
                                                          .count = 2}},
                                         .calls = 5};
  report.probes = {{"second sync", "0 rows"}};
  const std::string text = reporters::json_report(report);
  const auto read = reporters::read_report(text);
  REQUIRE(read);
  CHECK(reporters::json_report(*read) == text);
}

TEST_CASE("a report that lacks a field is refused, and the field is named") {
  core::Report report;
  report.syncs = {one_sync(), one_sync()};
  report.chaos = {matrix()};
  report.forecast = forecast();
  CHECK(broken(report, R"("command")", R"("kommand")") == R"(it has no "command")");
  CHECK(broken(report, R"("response_bytes")", R"("bytes")") ==
        R"(syncs[0].calls[0] has no "response_bytes")");
  CHECK(broken(report, R"("call_count": 1)", R"("call_count": "1")") ==
        "syncs[0].call_count is no whole number from 0 on");
  CHECK(broken(report, R"("inserted")", R"("sent")") ==
        R"(syncs[0].totals.t "x" has no "inserted")");
  CHECK(broken(report, R"("accepted": true)", R"("accepted": 1)") ==
        "syncs[0].calls[0].accepted is no boolean");
  CHECK(broken(report, R"("tables": [])", R"("tables": {})") == "tables is no list");
  CHECK(broken(report, R"("likely": 2.5)", R"("maybe": 2.5)") ==
        R"(forecast.calls_left has no "likely")");
  CHECK(broken(report, R"("verdict")", R"("verdikt")") == R"(chaos[0].cells[0] has no "verdict")");
}

TEST_CASE("what is no report is refused") {
  for (const char* wrong : {"", "{", "[]", "{}", R"({"schema": "fivetran-sim/report/2"})"})
    CHECK_FALSE(reporters::read_report(wrong));
}
