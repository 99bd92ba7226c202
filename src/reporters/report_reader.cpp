// SPDX-License-Identifier: Apache-2.0
#include "reporters/report_reader.hpp"

#include "core/column_type.hpp"
#include "protocol/json_text.hpp"
#include "reporters/report_reader_parts.hpp"
#include "reporters/report_value.hpp"

#include <algorithm>

namespace reporters {
namespace {

using Value = ReportValue;

// The value of an enumeration that `name` writes so; the first one when none does.
template <class E>
E named(const Value& value, std::initializer_list<E> all) {
  const std::string text = value.text();
  for (const E one : all)
    if (name(one) == text) return one;
  return *all.begin();
}

core::Severity severity(const Value& value) {
  using enum core::Severity;
  return named(value, {off, info, warning, error});
}

core::Outcome outcome(const Value& value) {
  using enum core::Outcome;
  return named(value, {failed, succeeded, stopped});
}

core::ColumnType column_type(const Value& value) {
  return core::column_type_named(value.text()).value_or(core::ColumnType::none);
}

core::Source source(const Value& value) {
  if (value.raw().empty()) return {};
  return {value.need("file").text(), std::max(value.need("line").small(), 1)};
}

std::vector<core::TableCount> counts(const Value& value) {
  std::vector<core::TableCount> all;
  for (const auto& [table, count] : value.members())
    all.push_back({table, count.need("inserted").number(), count.need("deleted").number(),
                   count["rejected"].number()});
  return all;
}

core::CallReport call(const Value& value) {
  core::CallReport made;
  made.call = value.need("call").small();
  made.accepted = value.need("accepted").flag();
  made.has_more = value.need("has_more").flag();
  made.request_bytes = value.need("request_bytes").number();
  made.response_bytes = value.need("response_bytes").number();
  if (value.has("file_bytes")) made.file_bytes = value["file_bytes"].number();
  made.duration = value.need("seconds").seconds();
  made.request_id = value["request_id"].text();
  made.executed_version = value["executed_version"].text();
  if (value.has("init_seconds")) made.init_duration = value["init_seconds"].seconds();
  if (value.has("billed_seconds")) made.billed_duration = value["billed_seconds"].seconds();
  made.peak_memory_bytes = value["peak_memory_bytes"].number();
  made.memory_size_bytes = value["memory_size_bytes"].number();
  made.rows = counts(value.need("rows"));
  using enum core::FailureKind;
  made.failure =
      named(value["failure"],
            {none, function_error, init_error, exited, timed_out, out_of_memory, response_too_large,
             request_too_large, http_status, throttled, unauthorized, not_found, unreachable});
  made.error = value["error"].text();
  made.state_after = value.need("state").raw();
  return made;
}

core::SyncReport sync(const Value& value) {
  core::SyncReport made;
  made.sync = value.need("sync").small();
  made.sync_id = value.need("sync_id").text();
  made.kind = value.need("kind").text();
  made.outcome = outcome(value.need("outcome"));
  made.stopped_by = value.need("stopped_by").text();
  made.call_count = value.need("call_count").number();
  made.duration = value.need("seconds").seconds();
  made.connector_time = value.need("connector_seconds").seconds();
  made.totals = counts(value.need("totals"));
  for (const Value& one : value.need("widened").items())
    made.widened.push_back({one.need("table").text(), one.need("column").text(),
                            column_type(one.need("from")), column_type(one.need("to")),
                            one.need("call").small(), one.need("pointer").text()});
  std::string before;
  for (const Value& one : value.need("calls").items()) {
    made.calls.push_back(call(one));
    made.calls.back().setup_test = made.kind == "setup test";
    made.calls.back().state_before = before.empty() ? "{}" : before;
    before = made.calls.back().state_after;
  }
  made.state = value.need("state").raw();
  return made;
}

core::Table table(const Value& value) {
  core::Table made;
  made.name = value.need("name").text();
  made.source = value.need("source").text();
  made.primary_key = value.need("primary_key").texts();
  made.rows = value.need("rows").number();
  for (const Value& column : value.need("columns").items()) {
    core::Column& one = made.columns.emplace_back();
    one.name = column.need("name").text();
    one.source = column.need("source").text();
    one.type = column_type(column.need("type"));
  }
  return made;
}

core::Collision collision(const Value& value) {
  core::Collision made;
  made.call = value["call"].small();
  made.key = value["key"].text();
  made.first = value["first"].text();
  made.second = value["second"].text();
  for (const Value& cell : value["columns"].items())
    made.cells.push_back({cell["column"].text(), cell["first"].text(), cell["second"].text(),
                          cell["differs"].flag()});
  made.left_out = static_cast<decltype(made.left_out)>(value["left_out"].number());
  return made;
}

core::Finding finding(const Value& value) {
  core::Finding made;
  made.rule = value.need("rule").text();
  made.slug = value.need("slug").text();
  made.severity = severity(value.need("severity"));
  using enum core::Certainty;
  made.certainty = named(value.need("certainty"), {inferred, documented, observed});
  made.sync = value.need("sync").small();
  made.call = value.need("call").small();
  made.table = value.need("table").text();
  made.pointer = value.need("pointer").text();
  made.subject = value["subject"].text();
  made.message = value.need("message").text();
  made.evidence = value.need("evidence").texts();
  for (const Value& one : value["collisions"].items()) made.collisions.push_back(collision(one));
  made.background = value.need("background").text();
  made.fix = value.need("fix").text();
  made.reproduce = value.need("reproduce").text();
  made.count = value.need("count").number();
  made.places = value.need("places").texts();
  made.check = value["check"].small();
  using enum core::Pardon;
  made.pardon = named(value["waived"]["by"], {none, waived, known});
  made.pardon_reason = value["waived"]["reason"].text();
  return made;
}

core::Check check(const Value& value) {
  core::Check made;
  made.target = value.need("target").text();
  made.name = value.need("name").text();
  using enum core::CheckOutcome;
  made.outcome = named(value.need("outcome"), {failed, passed, skipped});
  made.detail = value.need("detail").text();
  made.duration = value.need("seconds").seconds();
  made.source = source(value["source"]);
  return made;
}

std::vector<core::KnownFinding> entries(const Value& value) {
  std::vector<core::KnownFinding> all;
  for (const Value& one : value.items())
    all.push_back({one.need("rule").text(), one.need("table").text(), one.need("at").text(),
                   one.need("reason").text(), one.need("expires").text()});
  return all;
}

void read_pardons(const Value& value, core::Report& report) {
  using enum core::WaiverFate;
  for (const Value& one : value.need("waivers").items())
    report.waivers.push_back(
        {one.need("rule").text(), one.need("slug").text(), one.need("table").text(),
         one.need("reason").text(), one.need("expires").text(), one.need("origin").text(),
         named(one.need("fate"), {stale, used, expired}), one.need("findings").number()});
  if (!value.has("baseline")) return;
  const Value use = value["baseline"];
  report.baseline = {use.need("file").text(), use.need("written").flag(),
                     use.need("known").number(), entries(use.need("stale")),
                     entries(use.need("expired"))};
}

}  // namespace

base::Result<core::Report> read_report(std::string_view json) {
  std::string fault;
  const Value root(protocol::normal_form(json).value_or(""), fault);
  if (root["schema"].raw() != "\"fivetran-sim/report/1\"")
    return base::fail(base::ErrorKind::usage,
                      "it is no JSON report with \"schema\": \"fivetran-sim/report/1\"");
  core::Report report;
  report.command = root.need("command").text();
  report.target = root.need("target").text();
  report.destination = root.need("destination").text();
  report.strict = root.need("strict").flag();
  report.outcome = outcome(root.need("outcome"));
  report.exit_code = static_cast<core::ExitCode>(root.need("exit_code").small());
  report.fail_on = severity(root.need("fail_on"));  // "never" is none of the names: off
  report.error = root["error"].text();
  report.source = source(root["source"]);
  for (const Value& one : root["checks"].items()) report.checks.push_back(check(one));
  for (const char* list : {"setup_tests", "syncs"})
    for (const Value& one : root.need(list).items()) report.syncs.push_back(sync(one));
  for (const Value& one : root.need("tables").items()) report.tables.push_back(table(one));
  for (const Value& one : root.need("findings").items()) report.findings.push_back(finding(one));
  read_pardons(root, report);
  read_workflow_parts(root, report);
  if (!fault.empty()) return base::fail(base::ErrorKind::usage, fault);
  return report;
}

}  // namespace reporters
