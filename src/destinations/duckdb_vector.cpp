// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_vector.hpp"

#include "protocol/number_text.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace destinations {
namespace {

using core::ColumnType;
using duck::Type;

std::string integer_text(const duck::HugeInt& value) {
  __extension__ using Wide = unsigned __int128;
  Wide rest = (static_cast<Wide>(static_cast<std::uint64_t>(value.upper)) << 64) | value.lower;
  const bool negative = value.upper < 0;
  if (negative) rest = ~rest + 1;
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  if (negative) digits += '-';
  std::ranges::reverse(digits);
  return digits;
}

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

// `ticks` of which `per_second` make a second.
std::string time_text(std::int64_t ticks, std::int64_t per_second) {
  using namespace std::chrono;
  std::int64_t whole = ticks / per_second, fraction = ticks % per_second;
  if (fraction < 0) {
    --whole;
    fraction += per_second;
  }
  const sys_seconds time{seconds(whole)};
  const auto midnight = floor<days>(time);
  const hh_mm_ss clock{time - midnight};
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", date_text(midnight), clock.hours().count(),
                                 clock.minutes().count(), clock.seconds().count());
  if (fraction == 0) return text;
  std::string digits = std::to_string(per_second + fraction).substr(1);
  digits.erase(digits.find_last_not_of('0') + 1);
  return text.append(".").append(digits);
}

// A decimal's integer with the point put in.
std::string with_point(std::string digits, int scale) {
  if (scale == 0) return digits;
  const bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  const auto places = static_cast<std::size_t>(scale);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  digits.insert(digits.size() - places, ".");
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return negative ? "-" + digits : digits;
}

}  // namespace

DuckColumnType DuckColumnType::take(const duck::Api& api, duck::LogicalType type) {
  DuckColumnType result;
  result.type = static_cast<Type>(api.get_type_id(type));
  if (result.type == Type::decimal) {
    result.inner = static_cast<Type>(api.decimal_internal_type(type));
    result.scale = api.decimal_scale(type);
  }
  api.destroy_logical_type(&type);
  return result;
}

bool DuckColumnType::is_printed() const {
  switch (type) {
    case Type::boolean:
    case Type::int8:
    case Type::int16:
    case Type::int32:
    case Type::int64:
    case Type::uint8:
    case Type::uint16:
    case Type::uint32:
    case Type::uint64:
    case Type::int128:
    case Type::real32:
    case Type::real64:
    case Type::decimal:
    case Type::date:
    case Type::timestamp:
    case Type::timestamp_s:
    case Type::timestamp_ms:
    case Type::timestamp_ns:
    case Type::timestamp_tz:
    case Type::text: return true;
    default: return false;
  }
}

ColumnType DuckColumnType::column_type() const {
  switch (type) {
    case Type::boolean: return ColumnType::boolean;
    case Type::int8:
    case Type::uint8:
    case Type::int16: return ColumnType::short_integer;
    case Type::uint16:
    case Type::int32: return ColumnType::integer;
    case Type::uint32:
    case Type::int64: return ColumnType::long_integer;
    case Type::uint64:
    case Type::int128:
    case Type::decimal: return ColumnType::decimal;
    case Type::real32:
    case Type::real64: return ColumnType::double_float;
    case Type::date: return ColumnType::local_date;
    case Type::timestamp:
    case Type::timestamp_s:
    case Type::timestamp_ms:
    case Type::timestamp_ns: return ColumnType::local_date_time;
    case Type::timestamp_tz: return ColumnType::instant;
    default: return ColumnType::string;
  }
}

DuckVector::DuckVector(const duck::Api& api, duck::Vector vector, const DuckColumnType& type)
    : type_(type), data_(api.vector_get_data(vector)), validity_(api.vector_get_validity(vector)) {}

std::string_view DuckVector::view(std::size_t row) const {
  constexpr std::uint32_t kInside = 12;
  const auto& text = at<duck::Text>(row);
  return {text.size <= kInside ? text.prefix : text.pointer, text.size};
}

std::int64_t DuckVector::integer(std::size_t row) const {
  switch (type_.type) {
    case Type::boolean: return at<bool>(row) ? 1 : 0;
    case Type::int8: return at<std::int8_t>(row);
    case Type::uint8: return at<std::uint8_t>(row);
    case Type::int16: return at<std::int16_t>(row);
    case Type::uint16: return at<std::uint16_t>(row);
    case Type::int32:
    case Type::date: return at<std::int32_t>(row);
    case Type::uint32: return at<std::uint32_t>(row);
    default: return at<std::int64_t>(row);
  }
}

std::string DuckVector::decimal(std::size_t row) const {
  switch (type_.inner) {
    case Type::int16: return with_point(std::to_string(at<std::int16_t>(row)), type_.scale);
    case Type::int32: return with_point(std::to_string(at<std::int32_t>(row)), type_.scale);
    case Type::int64: return with_point(std::to_string(at<std::int64_t>(row)), type_.scale);
    default: return with_point(integer_text(at<duck::HugeInt>(row)), type_.scale);
  }
}

std::string DuckVector::text(std::size_t row) const {
  switch (type_.type) {
    case Type::boolean: return at<bool>(row) ? "true" : "false";
    case Type::uint64: return std::to_string(at<std::uint64_t>(row));
    case Type::int128: return integer_text(at<duck::HugeInt>(row));
    case Type::real32: return protocol::double_text(static_cast<double>(at<float>(row)));
    case Type::real64: return protocol::double_text(at<double>(row));
    case Type::decimal: return decimal(row);
    case Type::date:
      return date_text(std::chrono::sys_days(std::chrono::days(at<std::int32_t>(row))));
    case Type::timestamp: return time_text(integer(row), 1'000'000);
    case Type::timestamp_s: return time_text(integer(row), 1);
    case Type::timestamp_ms: return time_text(integer(row), 1'000);
    case Type::timestamp_ns: return time_text(integer(row), 1'000'000'000);
    case Type::timestamp_tz: return time_text(integer(row), 1'000'000) + "Z";
    case Type::text:
    case Type::blob: return std::string(view(row));
    default: return std::to_string(integer(row));
  }
}

}  // namespace destinations
