// SPDX-License-Identifier: Apache-2.0
#include "reporters/forecast_text.hpp"

#include <algorithm>
#include <cmath>

namespace reporters {
namespace {

// Thousandths are as far as a forecast goes; what is beyond a thousand million is "very many".
void number(JsonWriter& json, double value) {
  json.seconds(static_cast<std::int64_t>(std::llround(std::clamp(value, -1e12, 1e12) * 1e3)) *
               1000);
}

void write_interval(JsonWriter& json, std::string_view name,
                    const std::optional<core::Interval>& interval) {
  if (!interval) return;
  json.key(name).begin_object().key("low");
  number(json, interval->low);
  json.key("likely");
  number(json, interval->likely);
  if (interval->high) {
    json.key("high");
    number(json, *interval->high);
  }
  json.end_object();
}

}  // namespace

void write_forecast(JsonWriter& json, const core::Forecast& f) {
  json.begin_object().member("basis", f.basis).member("finished", f.finished);
  json.member("calls", f.calls).member("rows", f.rows).member("bytes", f.bytes);
  json.member("empty_calls", f.empty_calls).key("seconds");
  number(json, f.seconds);
  json.member("largest_response", f.largest_response).member("largest_call", f.largest_call);
  json.member("response_limit", f.response_limit).key("growth_bytes");
  number(json, f.growth);
  json.member("grows", f.grows).key("slowest_seconds");
  number(json, f.slowest_seconds);
  json.member("slowest_call", f.slowest_call).key("limit_seconds");
  number(json, f.limit_seconds);
  json.member("cursor", f.cursor).member("cursor_at", f.cursor_at).member("target", f.target);
  json.member("step", f.step);
  write_interval(json, "calls_left", f.calls_left);
  write_interval(json, "seconds_left", f.seconds_left);
  write_interval(json, "syncs_left", f.syncs_left);
  if (f.active_rows_a_month) {
    json.key("active_rows_a_month");
    number(json, *f.active_rows_a_month);
  }
  json.member("sent_again", f.sent_again);
  if (f.next_sync_rows) json.member("next_sync_rows", *f.next_sync_rows);
  if (f.next_sync_unchanged) json.member("next_sync_unchanged", *f.next_sync_unchanged);
  json.key("cannot_tell").begin_array();
  for (const std::string& what : f.cannot_tell) json.value(what);
  json.end_array().end_object();
}

}  // namespace reporters
