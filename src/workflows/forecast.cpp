// SPDX-License-Identifier: Apache-2.0
#include "workflows/forecast.hpp"

#include "base/text.hpp"
#include "rules/timestamps.hpp"
#include "workflows/cursor_track.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace workflows {
namespace {

using core::CallReport;
using core::Forecast;
using core::Interval;

constexpr std::size_t kFewestSteps = 3;
constexpr double kMillisecondsADay = 86'400'000.0, kDaysAMonth = 30.4;

double seconds_of(const CallReport& call) {
  return static_cast<double>(call.duration.count()) / 1e6;
}

std::uint64_t rows_of(const CallReport& call) {
  std::uint64_t rows = 0;
  for (const core::TableCount& count : call.rows) rows += count.inserted + count.deleted;
  return rows;
}

std::uint64_t bytes_of(const CallReport& call) {
  return std::max(call.response_bytes, call.file_bytes.value_or(0));
}

void add_totals(const std::vector<CallReport>& calls, const ForecastBasis& basis, Forecast& f) {
  f.calls = calls.size();
  f.response_limit = basis.limits.response_bytes;
  f.limit_seconds = static_cast<double>(basis.call_timeout.count()) / 1e3;
  for (const CallReport& call : calls) {
    const std::uint64_t rows = rows_of(call);
    f.rows += rows;
    f.empty_calls += rows == 0;
    f.bytes += bytes_of(call);
    f.seconds += seconds_of(call);
    if (bytes_of(call) > f.largest_response) {
      f.largest_response = bytes_of(call);
      f.largest_call = call.call;
    }
    if (seconds_of(call) > f.slowest_seconds) {
      f.slowest_seconds = seconds_of(call);
      f.slowest_call = call.call;
    }
  }
}

// A line through the sizes of all responses.
void add_growth(const std::vector<CallReport>& calls, Forecast& f) {
  const auto n = static_cast<double>(calls.size());
  if (calls.size() < 5) return;
  const double mean_x = (n - 1) / 2, mean_y = static_cast<double>(f.bytes) / n;
  double xx = 0, xy = 0, rest = 0;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const double x = static_cast<double>(i) - mean_x;
    xx += x * x;
    xy += x * (static_cast<double>(bytes_of(calls[i])) - mean_y);
  }
  f.growth = xy / xx;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const double fitted = mean_y + f.growth * (static_cast<double>(i) - mean_x);
    rest += std::pow(static_cast<double>(bytes_of(calls[i])) - fitted, 2);
  }
  const double error = std::sqrt(rest / (n - 2) / xx);
  f.grows = f.growth > 3 * error && f.growth > 0.01 * mean_y;
}

struct Steps {
  double mean = 0, error = 0;
};
std::optional<Steps> steps_of(const std::vector<double>& steps) {
  if (steps.size() < kFewestSteps) return std::nullopt;
  const auto n = static_cast<double>(steps.size());
  Steps result;
  result.mean = std::accumulate(steps.begin(), steps.end(), 0.0) / n;
  double squares = 0;
  for (const double step : steps) squares += (step - result.mean) * (step - result.mean);
  result.error = std::sqrt(squares / (n - 1) / n);
  return result;
}

// How many steps a way takes.
std::optional<Interval> steps_for(double way, const Steps& step) {
  if (step.mean <= 0) return std::nullopt;
  Interval left{.low = way / (step.mean + 2 * step.error), .likely = way / step.mean};
  if (step.mean > 2 * step.error) left.high = way / (step.mean - 2 * step.error);
  return left;
}

// Of whole numbers that may lie as far apart as they like.
double distance(std::int64_t from, std::int64_t to) {
  return static_cast<double>(to) - static_cast<double>(from);
}

std::vector<double> differences(const std::vector<std::int64_t>& values) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < values.size(); ++i)
    steps.push_back(distance(values[i - 1], values[i]));
  return steps;
}

std::optional<std::int64_t> target_of(const CursorTrack& track, const ForecastBasis& basis) {
  if (track.is_time) {
    if (basis.until.empty()) return basis.now.time_since_epoch().count();
    const auto moment = rules::moment_of(basis.until);
    return moment ? std::optional(moment->at.time_since_epoch().count()) : std::nullopt;
  }
  std::int64_t value = 0;
  const char* end = basis.until.data() + basis.until.size();
  const auto read = std::from_chars(basis.until.data(), end, value);
  if (basis.until.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

// The first cursor of which the end is known, else the best one.
const CursorTrack* best_of(const std::vector<CursorTrack>& tracks, const ForecastBasis& basis) {
  const auto known = std::ranges::find_if(
      tracks, [&](const CursorTrack& track) { return target_of(track, basis).has_value(); });
  if (known != tracks.end()) return &*known;
  return tracks.empty() ? nullptr : &tracks.front();
}

void add_cursor(const CursorTrack& track, const ForecastBasis& basis, Forecast& f) {
  f.cursor = track.pointer;
  f.cursor_at = track.texts.back();
  const auto steps = steps_of(differences(track.values));
  const double passed = distance(track.values.front(), track.values.back());
  const auto calls = static_cast<double>(track.values.size());
  if (calls > 1)
    f.step = track.is_time ? base::human_duration(std::chrono::milliseconds(
                                 static_cast<std::int64_t>(passed / (calls - 1))))
                           : fmt::format("{:.1f}", passed / (calls - 1));
  // The first call brought what lies before the first value, which is not part of the span.
  if (track.is_time && passed >= kMillisecondsADay && calls > 1)
    f.active_rows_a_month = static_cast<double>(f.rows) * (calls - 1) / calls /
                            (passed / kMillisecondsADay) * kDaysAMonth;
  if (f.finished) return;
  const auto target = target_of(track, basis);
  if (!target) {
    f.cannot_tell.push_back(fmt::format(
        "what is left: `{}` moves by {} a call, but where it ends is not known (--until VALUE or "
        "--total-rows N tells)",
        track.pointer, f.step));
    return;
  }
  f.target = basis.until.empty() ? "now" : basis.until;
  if (!steps) {
    f.cannot_tell.push_back(
        fmt::format("what is left: {} calls are too few for a rate (--max-calls)", f.calls));
    return;
  }
  const double way = std::max(0.0, distance(track.values.back(), *target));
  f.calls_left = steps_for(way, *steps);
}

void add_rows_left(const std::vector<CallReport>& calls, const ForecastBasis& basis, Forecast& f) {
  std::vector<double> rows;
  rows.reserve(calls.size());
  for (const CallReport& call : calls) rows.push_back(static_cast<double>(rows_of(call)));
  const auto steps = steps_of(rows);
  if (!steps) {
    f.cannot_tell.push_back(
        fmt::format("what is left: {} calls are too few for a rate (--max-calls)", f.calls));
    return;
  }
  f.target = fmt::format("{} rows", base::human_count(basis.total_rows));
  f.calls_left =
      steps_for(static_cast<double>(basis.total_rows - std::min(basis.total_rows, f.rows)), *steps);
}

Interval times(const Interval& interval, double factor) {
  Interval result{.low = interval.low * factor, .likely = interval.likely * factor};
  if (interval.high) result.high = *interval.high * factor;
  return result;
}

void add_time_left(const ForecastBasis& basis, Forecast& f) {
  if (!f.calls_left || f.calls == 0) return;
  f.seconds_left = times(*f.calls_left, f.seconds / static_cast<double>(f.calls));
  const double limit = static_cast<double>(basis.sync_limit.count()) / 1e3;
  const auto syncs = [&](double seconds) { return std::max(1.0, std::ceil(seconds / limit)); };
  Interval left{.low = syncs(f.seconds_left->low), .likely = syncs(f.seconds_left->likely)};
  if (f.seconds_left->high) left.high = syncs(*f.seconds_left->high);
  f.syncs_left = left;
}

}  // namespace

core::Forecast forecast_of(const std::vector<CallReport>& calls, bool finished,
                           const ForecastBasis& basis) {
  Forecast f;
  f.finished = finished;
  add_totals(calls, basis, f);
  add_growth(calls, f);
  const std::vector<CursorTrack> tracks = cursor_tracks(calls);
  const CursorTrack* best = best_of(tracks, basis);
  if (!finished && basis.total_rows > 0) {
    add_rows_left(calls, basis, f);
  } else if (best != nullptr) {
    add_cursor(*best, basis, f);
  } else if (!finished) {
    f.cannot_tell.push_back(
        "what is left: no value of the state moves forward with the calls (--total-rows N tells)");
  }
  if (!f.active_rows_a_month)
    f.cannot_tell.push_back(
        "monthly active rows: no time in the state that moved on by a day or more");
  add_time_left(basis, f);
  return f;
}

}  // namespace workflows
