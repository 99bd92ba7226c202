// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/column_type.hpp"
#include "core/load.hpp"
#include "core/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

// A point in time written in ISO form.
struct Moment {
  core::ColumnType form = core::ColumnType::none;  // local_date, local_date_time or instant
  core::WallTime at{};                             // without an offset: taken as UTC
};
// What protocol::classify_string takes as a date or time, and the same with a blank for T or an
// offset without colon; none for other texts.
std::optional<Moment> moment_of(std::string_view text);

// A number of seconds or milliseconds since 1970 with as many digits as present times have (10 or
// 13), or none.
std::optional<core::WallTime> epoch_of(std::string_view digits);

// A value of a JSON document that is no object or array.
struct Leaf {
  std::string pointer;
  core::JsonKind kind = core::JsonKind::null;
  std::string text;  // escapes resolved for strings, else as written
};
// All leaves of a state in document order; nothing for a text that is no JSON or above `most`
// bytes.
std::vector<Leaf> leaves_of(std::string_view json, std::size_t most = 1 << 20);
// The value is clearly the present time, give or take an hour, or today's date.
bool is_near(const Leaf& leaf, core::WallTime now);
const Leaf* leaf_at(const std::vector<Leaf>& leaves, std::string_view pointer);

}  // namespace rules
