// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"
#include "core/sync_request.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workflows {

// A value of the state that moves forward over the calls of a sync.
struct CursorTrack {
  std::string pointer;  // "/orders/updated_at"
  bool is_time = false;
  // After each call: a whole number, or milliseconds since 1970.
  std::vector<std::int64_t> values;
  std::vector<std::string> texts;  // as they stand in the state
};

// All values of the states after these calls that are there each time, are whole numbers or points
// in time each time, never go back and move at least once; the ones that move most often first.
std::vector<CursorTrack> cursor_tracks(const std::vector<core::CallReport>& calls);

// The state with this cursor moved by so much (milliseconds for times), written in the same form;
// none when that cannot be written.
std::optional<core::State> with_moved_cursor(const core::State& state, const CursorTrack& track,
                                             std::int64_t by);

}  // namespace workflows
