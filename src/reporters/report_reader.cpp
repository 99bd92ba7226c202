// SPDX-License-Identifier: Apache-2.0
#include "reporters/report_reader.hpp"

#include "core/column_type.hpp"
#include "protocol/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace reporters {
namespace {

// A JSON value; what is not there is empty, 0 or false.
class Value {
 public:
  explicit Value(std::string raw) : raw_(std::move(raw)), members_(protocol::members(raw_)) {}

  Value operator[](std::string_view key) const {
    if (members_)
      for (const auto& [name, value] : *members_)
        if (name == key) return Value(value);
    return Value("");
  }
  bool has(std::string_view key) const { return !(*this)[key].raw_.empty(); }
  const std::string& raw() const { return raw_; }
  std::string text() const { return protocol::string_value(raw_).value_or(""); }
  bool flag() const { return raw_ == "true"; }
  std::uint64_t number() const {
    std::uint64_t value = 0;
    std::from_chars(raw_.data(), raw_.data() + raw_.size(), value);
    return value;
  }
  int small() const { return static_cast<int>(std::min<std::uint64_t>(number(), 2'000'000'000)); }
  std::chrono::microseconds seconds() const {
    return std::chrono::microseconds(std::llround(std::strtod(raw_.c_str(), nullptr) * 1e6));
  }
  std::vector<Value> items() const {
    std::vector<Value> all;
    if (auto elements = protocol::elements(raw_))
      for (std::string& element : *elements) all.emplace_back(std::move(element));
    return all;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const Value& item : items()) all.push_back(item.text());
    return all;
  }
  const protocol::Members& members() const {
    static const protocol::Members kNone;
    return members_ ? *members_ : kNone;
  }

 private:
  std::string raw_;
  std::optional<protocol::Members> members_;
};

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
  return {value["file"].text(), std::max(value["line"].small(), 1)};
}

std::vector<core::TableCount> counts(const Value& value) {
  std::vector<core::TableCount> all;
  for (const auto& [table, raw] : value.members()) {
    const Value count(raw);
    all.push_back(
        {table, count["inserted"].number(), count["deleted"].number(), count["rejected"].number()});
  }
  return all;
}

core::CallReport call(const Value& value) {
  core::CallReport made;
  made.call = value["call"].small();
  made.accepted = value["accepted"].flag();
  made.has_more = value["has_more"].flag();
  made.request_bytes = value["request_bytes"].number();
  made.response_bytes = value["response_bytes"].number();
  if (value.has("file_bytes")) made.file_bytes = value["file_bytes"].number();
  made.duration = value["seconds"].seconds();
  made.request_id = value["request_id"].text();
  made.executed_version = value["executed_version"].text();
  if (value.has("init_seconds")) made.init_duration = value["init_seconds"].seconds();
  if (value.has("billed_seconds")) made.billed_duration = value["billed_seconds"].seconds();
  made.peak_memory_bytes = value["peak_memory_bytes"].number();
  made.memory_size_bytes = value["memory_size_bytes"].number();
  made.rows = counts(value["rows"]);
  using enum core::FailureKind;
  made.failure =
      named(value["failure"],
            {none, function_error, init_error, exited, timed_out, out_of_memory, response_too_large,
             request_too_large, http_status, throttled, unauthorized, not_found, unreachable});
  made.error = value["error"].text();
  made.state_after = value["state"].raw();
  return made;
}

core::SyncReport sync(const Value& value) {
  core::SyncReport made;
  made.sync = value["sync"].small();
  made.sync_id = value["sync_id"].text();
  made.kind = value["kind"].text();
  made.outcome = outcome(value["outcome"]);
  made.stopped_by = value["stopped_by"].text();
  made.call_count = value["call_count"].number();
  made.duration = value["seconds"].seconds();
  made.connector_time = value["connector_seconds"].seconds();
  made.totals = counts(value["totals"]);
  for (const Value& one : value["widened"].items())
    made.widened.push_back({one["table"].text(), one["column"].text(), column_type(one["from"]),
                            column_type(one["to"]), one["call"].small(), one["pointer"].text()});
  std::string before;
  for (const Value& one : value["calls"].items()) {
    made.calls.push_back(call(one));
    made.calls.back().setup_test = made.kind == "setup test";
    made.calls.back().state_before = before.empty() ? "{}" : before;
    before = made.calls.back().state_after;
  }
  made.state = value["state"].raw();
  return made;
}

core::Table table(const Value& value) {
  core::Table made;
  made.name = value["name"].text();
  made.source = value["source"].text();
  made.primary_key = value["primary_key"].texts();
  made.rows = value["rows"].number();
  for (const Value& column : value["columns"].items()) {
    core::Column& one = made.columns.emplace_back();
    one.name = column["name"].text();
    one.source = column["source"].text();
    one.type = column_type(column["type"]);
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
  made.rule = value["rule"].text();
  made.slug = value["slug"].text();
  made.severity = severity(value["severity"]);
  using enum core::Certainty;
  made.certainty = named(value["certainty"], {inferred, documented, observed});
  made.sync = value["sync"].small();
  made.call = value["call"].small();
  made.table = value["table"].text();
  made.pointer = value["pointer"].text();
  made.subject = value["subject"].text();
  made.message = value["message"].text();
  made.evidence = value["evidence"].texts();
  for (const Value& one : value["collisions"].items()) made.collisions.push_back(collision(one));
  made.background = value["background"].text();
  made.fix = value["fix"].text();
  made.reproduce = value["reproduce"].text();
  made.count = value["count"].number();
  made.places = value["places"].texts();
  made.check = value["check"].small();
  using enum core::Pardon;
  made.pardon = named(value["waived"]["by"], {none, waived, known});
  made.pardon_reason = value["waived"]["reason"].text();
  return made;
}

core::Check check(const Value& value) {
  core::Check made;
  made.target = value["target"].text();
  made.name = value["name"].text();
  using enum core::CheckOutcome;
  made.outcome = named(value["outcome"], {failed, passed, skipped});
  made.detail = value["detail"].text();
  made.duration = value["seconds"].seconds();
  made.source = source(value["source"]);
  return made;
}

std::vector<core::KnownFinding> entries(const Value& value) {
  std::vector<core::KnownFinding> all;
  for (const Value& one : value.items())
    all.push_back({one["rule"].text(), one["table"].text(), one["at"].text(), one["reason"].text(),
                   one["expires"].text()});
  return all;
}

void read_pardons(const Value& value, core::Report& report) {
  using enum core::WaiverFate;
  for (const Value& one : value["waivers"].items())
    report.waivers.push_back({one["rule"].text(), one["slug"].text(), one["table"].text(),
                              one["reason"].text(), one["expires"].text(), one["origin"].text(),
                              named(one["fate"], {stale, used, expired}),
                              one["findings"].number()});
  if (!value.has("baseline")) return;
  const Value use = value["baseline"];
  report.baseline = {use["file"].text(), use["written"].flag(), use["known"].number(),
                     entries(use["stale"]), entries(use["expired"])};
}

}  // namespace

base::Result<core::Report> read_report(std::string_view json) {
  const Value root(protocol::normal_form(json).value_or(""));
  if (root["schema"].text() != "fivetran-sim/report/1")
    return base::fail(base::ErrorKind::usage,
                      "it is no JSON with \"schema\": \"fivetran-sim/report/1\"");
  core::Report report;
  report.command = root["command"].text();
  report.target = root["target"].text();
  report.destination = root["destination"].text();
  report.strict = root["strict"].flag();
  report.outcome = outcome(root["outcome"]);
  report.exit_code = static_cast<core::ExitCode>(root["exit_code"].small());
  report.fail_on = severity(root["fail_on"]);  // "never" is none of the names: off
  report.error = root["error"].text();
  report.source = source(root["source"]);
  for (const Value& one : root["checks"].items()) report.checks.push_back(check(one));
  for (const char* list : {"setup_tests", "syncs"})
    for (const Value& one : root[list].items()) report.syncs.push_back(sync(one));
  for (const Value& one : root["tables"].items()) report.tables.push_back(table(one));
  for (const Value& one : root["findings"].items()) report.findings.push_back(finding(one));
  read_pardons(root, report);
  return report;
}

}  // namespace reporters
