// SPDX-License-Identifier: Apache-2.0
#include "reporters/report_reader_parts.hpp"

#include <algorithm>

namespace reporters {
namespace {

using Value = ReportValue;

core::ChaosVerdict verdict(const Value& value) {
  using enum core::ChaosVerdict;
  const std::string text = value.text();
  for (const core::ChaosVerdict one : {same, extra, changed, lost, endless})
    if (core::name(one) == text) return one;
  return not_done;
}

core::ChaosMatrix matrix(const Value& value) {
  core::ChaosMatrix made;
  made.pages_in_sync = value.need("pages_in_sync").small();
  for (const Value& page : value.need("pages").items()) made.pages.push_back(page.small());
  for (const Value& fault : value.need("faults").items())
    made.faults.push_back(
        {fault.need("name").text(), fault.need("about").text(), fault.need("rule").text()});
  for (const Value& cell : value.need("cells").items())
    made.cells.push_back({.fault = cell.need("fault").text(),
                          .page = cell.need("page").small(),
                          .verdict = verdict(cell.need("verdict")),
                          .extra = cell.need("extra").number(),
                          .lost = cell.need("lost").number(),
                          .changed = cell.need("changed").number(),
                          .detail = cell.need("detail").text(),
                          .rows = cell.need("rows").texts()});
  made.volatile_columns = value.need("volatile_columns").texts();
  made.unjudged = value.need("unjudged").texts();
  made.calls = value.need("calls").number();
  made.resumed = value.need("resumed").number();
  made.seed = value.need("seed").number();
  made.complete = value.need("complete").flag();
  made.check = value["check"].small();
  return made;
}

core::Determinism determinism(const Value& value) {
  core::Determinism made;
  made.states = value.need("states").texts();
  made.tried = value.need("tried").texts();
  for (const Value& one : value.need("differences").items())
    made.differences.push_back({.pointer = one.need("pointer").text(),
                                .when = one.need("when").texts(),
                                .first = one.need("first").text(),
                                .second = one.need("second").text(),
                                .order_only = one.need("order_only").flag(),
                                .count = one.need("count").number()});
  made.calls = value.need("calls").number();
  return made;
}

std::optional<core::Interval> interval(const Value& root, std::string_view key) {
  if (!root.has(key)) return std::nullopt;
  const Value value = root[key];
  core::Interval made{.low = value.need("low").real(), .likely = value.need("likely").real()};
  if (value.has("high")) made.high = value["high"].real();
  return made;
}

std::optional<std::uint64_t> number(const Value& root, std::string_view key) {
  return root.has(key) ? std::optional(root[key].number()) : std::nullopt;
}

core::Forecast forecast(const Value& value) {
  core::Forecast made;
  made.basis = value.need("basis").text();
  made.finished = value.need("finished").flag();
  made.calls = value.need("calls").number();
  made.rows = value.need("rows").number();
  made.bytes = value.need("bytes").number();
  made.empty_calls = value.need("empty_calls").number();
  made.seconds = value.need("seconds").real();
  made.largest_response = value.need("largest_response").number();
  made.largest_call = value.need("largest_call").small();
  made.response_limit = value.need("response_limit").number();
  made.growth = value.need("growth_bytes").real();
  made.grows = value.need("grows").flag();
  made.slowest_seconds = value.need("slowest_seconds").real();
  made.slowest_call = value.need("slowest_call").small();
  made.limit_seconds = value.need("limit_seconds").real();
  made.cursor = value.need("cursor").text();
  made.cursor_at = value.need("cursor_at").text();
  made.target = value.need("target").text();
  made.step = value.need("step").text();
  made.calls_left = interval(value, "calls_left");
  made.seconds_left = interval(value, "seconds_left");
  made.syncs_left = interval(value, "syncs_left");
  if (value.has("active_rows_a_month"))
    made.active_rows_a_month = value["active_rows_a_month"].real();
  made.sent_again = value.need("sent_again").number();
  made.next_sync_rows = number(value, "next_sync_rows");
  made.next_sync_unchanged = number(value, "next_sync_unchanged");
  made.cannot_tell = value.need("cannot_tell").texts();
  return made;
}

}  // namespace

void read_workflow_parts(const Value& root, core::Report& report) {
  if (root.has("forecast")) report.forecast = forecast(root["forecast"]);
  for (const Value& one : root["chaos"].items()) report.chaos.push_back(matrix(one));
  if (root.has("determinism")) report.determinism = determinism(root["determinism"]);
  for (const Value& probe : root["probes"].items())
    report.probes.push_back({probe.need("name").text(), probe.need("result").text()});
}

}  // namespace reporters
