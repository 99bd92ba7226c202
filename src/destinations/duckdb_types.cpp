// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_types.hpp"

#include "protocol/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace destinations {
namespace {

using core::ColumnType;
using duck::Type;

// The number that `count` digits from `at` on make, or -1.
int digits_at(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// Microseconds of ".25", ".1234567" or nothing.
std::optional<std::int64_t> fraction_value(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() != '.' || text.size() < 2 || text.back() == '0') return std::nullopt;
  std::int64_t value = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    if (i <= 6) value = value * 10 + (text[i] - '0');
  }
  for (std::size_t i = text.size(); i <= 6; ++i) value *= 10;
  return value;
}

}  // namespace

DuckStorage storage_of(ColumnType type, int scale) {
  switch (type) {
    case ColumnType::boolean: return {Type::boolean};
    case ColumnType::short_integer: return {Type::int16};
    case ColumnType::integer: return {Type::int32};
    case ColumnType::long_integer: return {Type::int64};
    case ColumnType::double_float: return {Type::real64};
    case ColumnType::decimal: return {Type::decimal, scale};
    case ColumnType::local_date: return {Type::date};
    case ColumnType::local_date_time: return {Type::timestamp};
    case ColumnType::instant: return {Type::timestamp_tz};
    default: return {};
  }
}

std::string sql_type(const DuckStorage& storage) {
  switch (storage.type) {
    case Type::boolean: return "BOOLEAN";
    case Type::int16: return "SMALLINT";
    case Type::int32: return "INTEGER";
    case Type::int64: return "BIGINT";
    case Type::real64: return "DOUBLE";
    case Type::decimal:
      return fmt::format("DECIMAL({},{})", protocol::kDecimalDigits, storage.scale);
    case Type::date: return "DATE";
    case Type::timestamp: return "TIMESTAMP";
    case Type::timestamp_tz: return "TIMESTAMP WITH TIME ZONE";
    default: return "VARCHAR";
  }
}

DuckStorage storage_named(std::string_view sql_type_name) {
  for (const Type type : {Type::boolean, Type::int16, Type::int32, Type::int64, Type::real64,
                          Type::date, Type::timestamp, Type::timestamp_tz})
    if (sql_type({type}) == sql_type_name) return {type};
  if (!sql_type_name.starts_with("DECIMAL(")) return {};
  const std::size_t comma = sql_type_name.find(',');
  int scale = 0;
  if (comma != sql_type_name.npos)
    std::from_chars(sql_type_name.data() + comma + 1, sql_type_name.data() + sql_type_name.size(),
                    scale);
  return {Type::decimal, scale};
}

std::optional<duck::HugeInt> decimal_value(std::string_view text, int scale) {
  if (text.empty() || !protocol::is_plain_decimal(text)) return std::nullopt;
  const protocol::DecimalDigits digits = protocol::digits_of(text);
  if (digits.fraction > scale || digits.whole + scale > protocol::kDecimalDigits)
    return std::nullopt;
  __extension__ using Wide = __int128;
  Wide value = 0;
  const bool negative = text.front() == '-';
  for (const char c : text.substr(negative ? 1 : 0)) {
    if (c == '.') continue;
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  for (int i = digits.fraction; i < scale; ++i) value *= 10;
  if (negative) value = -value;
  return duck::HugeInt{static_cast<std::uint64_t>(value), static_cast<std::int64_t>(value >> 64)};
}

std::optional<std::int32_t> date_value(std::string_view text) {
  using namespace std::chrono;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int y = digits_at(text, 0, 4), m = digits_at(text, 5, 2), d = digits_at(text, 8, 2);
  if (y < 0 || m < 0 || d < 0) return std::nullopt;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                            day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count());
}

std::optional<std::int64_t> date_time_value(std::string_view text) {
  constexpr std::size_t kSeconds = 19;  // YYYY-MM-DDTHH:MM:SS
  constexpr std::int64_t kMicroseconds = 1'000'000;
  if (text.size() < kSeconds || text[10] != 'T' || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto day = date_value(text.substr(0, 10));
  const auto fraction = fraction_value(text.substr(kSeconds));
  const int h = digits_at(text, 11, 2), m = digits_at(text, 14, 2), s = digits_at(text, 17, 2);
  if (!day || !fraction || h < 0 || m < 0 || s < 0 || h > 23 || m > 59 || s > 59)
    return std::nullopt;
  const std::int64_t seconds = ((std::int64_t{*day} * 24 + h) * 60 + m) * 60 + s;
  return seconds * kMicroseconds + *fraction;
}

std::optional<std::int64_t> instant_value(std::string_view text) {
  if (!text.ends_with('Z')) return std::nullopt;
  return date_time_value(text.substr(0, text.size() - 1));
}

}  // namespace destinations
