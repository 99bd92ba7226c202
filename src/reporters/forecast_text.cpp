// SPDX-License-Identifier: Apache-2.0
#include "reporters/forecast_text.hpp"

#include "base/text.hpp"
#include "reporters/cells.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

#include <fmt/format.h>

namespace reporters {
namespace {

using core::Forecast;
using core::Interval;

// "about 120 (100 to 150)".
std::string interval(const Interval& value, const std::function<std::string(double)>& write) {
  return fmt::format("about {} ({} to {})", write(value.likely), write(value.low),
                     value.high ? write(*value.high) : "no upper end");
}

double each(double all, std::uint64_t calls) {
  return calls == 0 ? 0 : all / static_cast<double>(calls);
}

std::string percent(double part, double whole) {
  return whole <= 0 ? "0 %" : fmt::format("{:.1f} %", 100 * part / whole);
}

void add_left(const Forecast& f, const std::function<void(std::string)>& add) {
  if (f.finished) add("the whole history came within these calls");
  if (!f.cursor.empty())
    add(fmt::format("cursor: {} is at {}{}{}", f.cursor, f.cursor_at,
                    f.step.empty() ? "" : fmt::format(", {} a call", f.step),
                    f.target.empty() ? "" : fmt::format(", until {}", f.target)));
  if (!f.calls_left || !f.seconds_left || !f.syncs_left) return;
  add(fmt::format(
      "left: calls {}; time {}; syncs of six hours {}", interval(*f.calls_left, forecast_count),
      interval(*f.seconds_left, forecast_duration), interval(*f.syncs_left, forecast_count)));
}

}  // namespace

std::string forecast_duration(double seconds) {
  return base::human_duration(
      std::chrono::microseconds(static_cast<std::int64_t>(std::min(seconds, 3e9) * 1e6)));
}

std::string forecast_count(double value) {
  return base::human_count(static_cast<std::uint64_t>(std::llround(std::min(value, 1e18))));
}

std::vector<std::string> forecast_lines(const Forecast& f) {
  std::vector<std::string> lines;
  const auto add = [&](std::string line) { lines.push_back(std::move(line)); };
  add(fmt::format("forecast from {}", f.basis));
  add(fmt::format("a call: {} rows, {}, {}; {} of {} calls empty",
                  forecast_count(each(static_cast<double>(f.rows), f.calls)),
                  base::human_bytes(f.calls == 0 ? 0 : f.bytes / f.calls),
                  forecast_duration(each(f.seconds, f.calls)), f.empty_calls, f.calls));
  add_left(f, add);
  add(fmt::format(
      "largest response: {} in call {}, {} of the limit of {}{}",
      base::human_bytes(f.largest_response), f.largest_call,
      percent(static_cast<double>(f.largest_response), static_cast<double>(f.response_limit)),
      base::human_bytes(f.response_limit),
      f.grows ? fmt::format("; they grow by {} a call",
                            base::human_bytes(static_cast<std::uint64_t>(f.growth)))
              : "; they do not clearly grow"));
  add(fmt::format("slowest call: {} in call {}, {} of the limit of {}",
                  forecast_duration(f.slowest_seconds), f.slowest_call,
                  percent(f.slowest_seconds, f.limit_seconds), forecast_duration(f.limit_seconds)));
  if (f.active_rows_a_month)
    add(
        fmt::format("monthly active rows: about {}, if the source goes on as in the time that the "
                    "cursor has passed",
                    forecast_count(*f.active_rows_a_month)));
  if (f.sent_again > 0)
    add(fmt::format("sent twice within these calls: {} rows, {}", base::human_count(f.sent_again),
                    percent(static_cast<double>(f.sent_again), static_cast<double>(f.rows))));
  if (f.next_sync_rows && f.next_sync_unchanged)
    add(fmt::format("the next sync: {} rows, {} of them unchanged ({})",
                    base::human_count(*f.next_sync_rows), base::human_count(*f.next_sync_unchanged),
                    percent(static_cast<double>(*f.next_sync_unchanged),
                            static_cast<double>(*f.next_sync_rows))));
  for (const std::string& what : f.cannot_tell) add("cannot tell " + what);
  return lines;
}

std::string forecast_text(const Forecast& forecast, const Style& style) {
  std::string text;
  for (const std::string& line : forecast_lines(forecast)) text += wrapped(line, 2, style.width);
  return text;
}

}  // namespace reporters
