// SPDX-License-Identifier: Apache-2.0
#include "reporters/json_report.hpp"

#include "core/column_type.hpp"
#include "protocol/finding_place.hpp"
#include "reporters/chaos_json.hpp"
#include "reporters/forecast_text.hpp"

namespace reporters {
namespace {

void write_counts(JsonWriter& json, const std::vector<core::TableCount>& counts) {
  json.begin_object();
  for (const core::TableCount& count : counts) {
    json.key(count.table).begin_object();
    json.member("inserted", count.inserted).member("deleted", count.deleted);
    if (count.rejected > 0) json.member("rejected", count.rejected);
    json.end_object();
  }
  json.end_object();
}

bool is_setup_test(const core::SyncReport& sync) {
  return sync.kind == "setup test";
}

void write_syncs(JsonWriter& json, const core::Report& report, bool setup_tests) {
  json.begin_array();
  for (const core::SyncReport& sync : report.syncs)
    if (is_setup_test(sync) == setup_tests) write_sync(json, sync, true);
  json.end_array();
}

// What is known of the invocation beside its time.
void write_invocation(JsonWriter& json, const core::CallReport& call) {
  if (!call.request_id.empty()) json.member("request_id", call.request_id);
  if (!call.executed_version.empty()) json.member("executed_version", call.executed_version);
  if (call.init_duration) json.key("init_seconds").seconds(call.init_duration->count());
  if (call.billed_duration) json.key("billed_seconds").seconds(call.billed_duration->count());
  if (call.peak_memory_bytes > 0) json.member("peak_memory_bytes", call.peak_memory_bytes);
  if (call.memory_size_bytes > 0) json.member("memory_size_bytes", call.memory_size_bytes);
}

}  // namespace

namespace {

void write_collision(JsonWriter& json, const core::Collision& collision) {
  json.begin_object().member("call", collision.call).member("key", collision.key);
  json.member("first", collision.first).member("second", collision.second);
  json.key("columns").begin_array();
  for (const core::Collision::Cell& cell : collision.cells) {
    json.begin_object().member("column", cell.column).member("first", cell.first);
    json.member("second", cell.second).member("differs", cell.differs).end_object();
  }
  json.end_array().member("left_out", collision.left_out).end_object();
}

}  // namespace

void write_finding(JsonWriter& json, const core::Finding& finding) {
  json.begin_object();
  json.member("rule", finding.rule).member("slug", finding.slug);
  json.member("severity", core::name(finding.severity));
  json.member("certainty", core::name(finding.certainty));
  json.member("sync", finding.sync).member("call", finding.call);
  json.member("table", finding.table).member("pointer", finding.pointer);
  json.member("message", finding.message).key("evidence").begin_array();
  for (const std::string& line : finding.evidence) json.value(line);
  json.end_array();
  if (!finding.collisions.empty()) {
    json.key("collisions").begin_array();
    for (const core::Collision& collision : finding.collisions) write_collision(json, collision);
    json.end_array();
  }
  json.member("background", finding.background);
  json.member("fix", finding.fix).member("reproduce", finding.reproduce);
  json.member("count", finding.count);
  if (!finding.subject.empty()) json.member("subject", finding.subject);
  json.key("places").begin_array();
  for (const std::string& place : protocol::places_of(finding)) json.value(place);
  json.end_array();
  if (finding.check > 0) json.member("check", finding.check);
  if (finding.pardon != core::Pardon::none) {
    json.key("waived").begin_object().member("by", core::name(finding.pardon));
    json.member("reason", finding.pardon_reason).end_object();
  }
  json.end_object();
}

namespace {

void write_source(JsonWriter& json, const core::Source& source) {
  if (source.file.empty()) return;
  json.key("source").begin_object().member("file", source.file).member("line", source.line);
  json.end_object();
}

void write_checks(JsonWriter& json, const std::vector<core::Check>& checks) {
  if (checks.empty()) return;
  json.key("checks").begin_array();
  for (const core::Check& check : checks) {
    json.begin_object().member("target", check.target).member("name", check.name);
    json.member("outcome", core::name(check.outcome)).member("detail", check.detail);
    json.key("seconds").seconds(check.duration.count());
    write_source(json, check.source);
    json.end_object();
  }
  json.end_array();
}

void write_waivers(JsonWriter& json, const std::vector<core::WaiverUse>& waivers) {
  json.begin_array();
  for (const core::WaiverUse& waiver : waivers) {
    json.begin_object().member("rule", waiver.rule).member("slug", waiver.slug);
    json.member("table", waiver.table).member("reason", waiver.reason);
    json.member("expires", waiver.expires).member("origin", waiver.origin);
    json.member("fate", core::name(waiver.fate)).member("findings", waiver.findings).end_object();
  }
  json.end_array();
}

void write_entries(JsonWriter& json, const std::vector<core::KnownFinding>& entries) {
  json.begin_array();
  for (const core::KnownFinding& known : entries) {
    json.begin_object().member("rule", known.rule).member("table", known.table);
    json.member("at", known.at).member("reason", known.reason);
    json.member("expires", known.expires).end_object();
  }
  json.end_array();
}

void write_baseline(JsonWriter& json, const core::BaselineUse& use) {
  json.begin_object().member("file", use.file).member("written", use.written);
  json.member("known", use.known).key("stale");
  write_entries(json, use.stale);
  json.key("expired");
  write_entries(json, use.expired);
  json.end_object();
}

}  // namespace

void write_call(JsonWriter& json, const core::CallReport& call) {
  json.begin_object();
  json.member("call", call.call).member("accepted", call.accepted);
  json.member("has_more", call.has_more);
  json.member("request_bytes", call.request_bytes).member("response_bytes", call.response_bytes);
  if (call.file_bytes) json.member("file_bytes", *call.file_bytes);
  json.key("seconds").seconds(call.duration.count());
  write_invocation(json, call);
  json.key("rows");
  write_counts(json, call.rows);
  if (call.failure != core::FailureKind::none) json.member("failure", core::name(call.failure));
  if (!call.error.empty()) json.member("error", call.error);
  json.key("state").json(call.state_after).end_object();
}

namespace {

void write_time(JsonWriter& json, std::string_view name, core::TimeSpent::Time time) {
  json.key(name).seconds(std::chrono::duration_cast<std::chrono::microseconds>(time).count());
}

void write_times(JsonWriter& json, const core::SyncTimes& times) {
  json.begin_object();
  write_time(json, "connector", times.own.connector);
  write_time(json, "parse", times.own.parse);
  write_time(json, "check", times.own.check);
  write_time(json, "load", times.own.load);
  write_time(json, "commit", times.own.commit);
  write_time(json, "waiting", times.own.waiting);
  write_time(json, "other", times.own.other);
  write_time(json, "total", times.own.total());
  json.key("behind").begin_object();
  write_time(json, "load", times.behind.load);
  write_time(json, "commit", times.behind.commit);
  json.end_object().end_object();
}

}  // namespace

void write_sync(JsonWriter& json, const core::SyncReport& sync, bool with_calls) {
  json.begin_object();
  json.member("sync", sync.sync).member("sync_id", sync.sync_id).member("kind", sync.kind);
  json.member("outcome", core::name(sync.outcome)).member("stopped_by", sync.stopped_by);
  json.member("call_count", sync.call_count);
  json.key("seconds").seconds(sync.duration.count());
  json.key("connector_seconds").seconds(sync.connector_time.count());
  if (sync.times) {
    json.key("stats");
    write_times(json, *sync.times);
  }
  json.key("totals");
  write_counts(json, sync.totals);
  json.key("widened").begin_array();
  for (const core::WidenedColumn& one : sync.widened) {
    json.begin_object().member("table", one.table).member("column", one.column);
    json.member("from", core::name(one.from)).member("to", core::name(one.to));
    json.member("call", one.call).member("pointer", one.pointer).end_object();
  }
  json.end_array();
  if (with_calls) {
    json.key("calls").begin_array();
    for (const core::CallReport& call : sync.calls) write_call(json, call);
    json.end_array();
  }
  json.key("state").json(sync.state.empty() ? "{}" : sync.state).end_object();
}

void write_table(JsonWriter& json, const core::Table& table) {
  json.member("name", table.name).member("source", table.source);
  json.key("primary_key").begin_array();
  for (const std::string& key : table.primary_key) json.value(key);
  json.end_array().member("rows", table.rows).key("columns").begin_array();
  for (const core::Column& column : table.columns) {
    json.begin_object().member("name", column.name).member("source", column.source);
    json.member("type", core::name(column.type)).end_object();
  }
  json.end_array();
}

void write_tables(JsonWriter& json, const std::vector<core::Table>& tables) {
  json.begin_array();
  for (const core::Table& table : tables) {
    json.begin_object();
    write_table(json, table);
    json.end_object();
  }
  json.end_array();
}

void write_workflow_parts(JsonWriter& json, const core::Report& report) {
  if (report.forecast) {
    json.key("forecast");
    write_forecast(json, *report.forecast);
  }
  if (!report.chaos.empty()) {
    json.key("chaos");
    write_chaos(json, report.chaos);
  }
  if (report.determinism) {
    json.key("determinism");
    write_determinism(json, *report.determinism);
  }
  if (!report.probes.empty()) {
    json.key("probes");
    write_probes(json, report.probes);
  }
}

std::string json_report(const core::Report& report) {
  JsonWriter json(true);
  json.begin_object();
  json.member("schema", "fivetran-sim/report/1");
  json.member("command", report.command).member("target", report.target);
  json.member("destination", report.destination).member("strict", report.strict);
  json.member("outcome", core::name(report.outcome));
  json.member("exit_code", static_cast<int>(report.exit_code));
  json.member("fail_on",
              report.fail_on == core::Severity::off ? "never" : core::name(report.fail_on));
  if (!report.error.empty()) json.member("error", report.error);
  write_source(json, report.source);
  write_checks(json, report.checks);
  json.key("setup_tests");
  write_syncs(json, report, true);
  json.key("syncs");
  write_syncs(json, report, false);
  json.key("tables");
  write_tables(json, report.tables);
  json.key("findings").begin_array();
  for (const core::Finding& finding : report.findings) write_finding(json, finding);
  json.end_array().key("waivers");
  write_waivers(json, report.waivers);
  if (report.baseline) {
    json.key("baseline");
    write_baseline(json, *report.baseline);
  }
  write_workflow_parts(json, report);
  json.end_object();
  return json.take() + "\n";
}

}  // namespace reporters
