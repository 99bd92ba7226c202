// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace core {

// Fivetran's column types (https://fivetran.com/docs/destinations, "Data types"), as far as a
// Functions connector can produce them. `none`: only nulls were seen, so there is no column yet.
enum class ColumnType : std::uint8_t {
  none,
  boolean,
  short_integer,    // ±2^15
  integer,          // ±2^31
  long_integer,     // ±2^63
  decimal,          // up to 38 digits, kept as digits
  double_float,     // a fraction or exponent that prints back to the same digits from a double
  local_date,       // YYYY-MM-DD
  local_date_time,  // YYYY-MM-DDTHH:MM:SS[.f]
  instant,          // the same with Z or an offset
  string,
  json,
};

inline constexpr int kColumnTypes = 12;

// Fivetran's spelling: "BOOLEAN", "SHORT", "INT", "LONG", "DECIMAL", "DOUBLE", "LOCALDATE",
// "LOCALDATETIME", "INSTANT", "STRING", "JSON"; "NONE" for `none`.
std::string_view name(ColumnType type);
std::optional<ColumnType> column_type_named(std::string_view name);

}  // namespace core
