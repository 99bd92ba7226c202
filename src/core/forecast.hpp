// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace core {

// A value that lies between low and high in nineteen of twenty cases; without `high` no upper end
// can be told.
struct Interval {
  double low = 0, likely = 0;
  std::optional<double> high;
};

// What some calls of a first sync tell of the whole of it.
struct Forecast {
  std::string basis;      // "20 calls made now", "report r.json"
  bool finished = false;  // the sync reached its end within these calls
  std::uint64_t calls = 0, rows = 0, bytes = 0, empty_calls = 0;
  double seconds = 0;                                      // in the connector
  std::uint64_t largest_response = 0, response_limit = 0;  // bytes
  int largest_call = 0;
  double growth = 0;   // of a response from one call to the next, bytes
  bool grows = false;  // clearly: see forecast_of
  double slowest_seconds = 0, limit_seconds = 0;
  int slowest_call = 0;
  std::string cursor, cursor_at, target;  // pointer into the state, its value, where it is to end
  std::string step;                       // a call, "3h 20m" or "40"
  std::optional<Interval> calls_left, seconds_left, syncs_left;
  std::optional<double> active_rows_a_month;  // of the span that the cursor has passed
  std::uint64_t sent_again = 0;               // rows whose key came a second time in the sync
  // A sync from the last state: its rows, and those that were stored already as they came.
  std::optional<std::uint64_t> next_sync_rows, next_sync_unchanged;
  std::vector<std::string> cannot_tell;  // what, and why
};

}  // namespace core
