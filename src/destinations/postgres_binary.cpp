// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_binary.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <string_view>
#include <vector>

namespace destinations {
namespace {

using core::ColumnType;

int number(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count && i < text.size(); ++i)
    value = value * 10 + (text[i] - '0');
  return value;
}

// Days since 2000-01-01 of `YYYY-MM-DD…`.
std::int32_t days_of(std::string_view text) {
  using namespace std::chrono;
  const year_month_day date{year{number(text, 0, 4)},
                            month{static_cast<unsigned>(number(text, 5, 2))},
                            day{static_cast<unsigned>(number(text, 8, 2))}};
  constexpr sys_days kEpoch = year{2000} / January / 1;
  return static_cast<std::int32_t>((sys_days{date} - kEpoch).count());
}

// Microseconds since 2000-01-01 of `YYYY-MM-DDTHH:MM:SS[.f][Z]`.
std::int64_t microseconds_of(std::string_view text) {
  constexpr std::size_t kFraction = 20, kDigits = 6;
  const std::int64_t hours = std::int64_t{days_of(text)} * 24 + number(text, 11, 2);
  const std::int64_t seconds = (hours * 60 + number(text, 14, 2)) * 60 + number(text, 17, 2);
  std::int64_t fraction = 0;
  std::size_t digits = 0;
  while (digits < kDigits && kFraction + digits < text.size() && text[kFraction + digits] >= '0' &&
         text[kFraction + digits] <= '9') {
    fraction = fraction * 10 + (text[kFraction + digits] - '0');
    ++digits;
  }
  for (; digits < kDigits; ++digits) fraction *= 10;
  return seconds * 1000000 + fraction;
}

// `-12.5` as digits to the base of 10,000: numeric_send in PostgreSQL's numeric.c.
void put_numeric(std::string& bytes, std::string_view text) {
  constexpr std::size_t kGroup = 4;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view fraction = point == text.size() ? "" : text.substr(point + 1);
  std::string digits((kGroup - point % kGroup) % kGroup, '0');
  digits += text.substr(0, point);
  const std::size_t whole_groups = digits.size() / kGroup;
  digits += fraction;
  digits.append((kGroup - digits.size() % kGroup) % kGroup, '0');
  std::vector<std::int16_t> groups;
  for (std::size_t at = 0; at < digits.size(); at += kGroup)
    groups.push_back(static_cast<std::int16_t>(number(digits, at, kGroup)));
  std::size_t first = 0;
  while (first < groups.size() && groups[first] == 0) ++first;
  while (groups.size() > first && groups.back() == 0) groups.pop_back();
  constexpr std::int16_t kNegative = 0x4000;
  const std::size_t count = groups.size() - first;
  put_big_endian(bytes, static_cast<std::int32_t>(8 + 2 * count));
  put_big_endian(bytes, static_cast<std::int16_t>(count));
  put_big_endian(bytes, count == 0 ? std::int16_t{0}
                                   : static_cast<std::int16_t>(static_cast<long>(whole_groups) -
                                                               static_cast<long>(first) - 1));
  put_big_endian(bytes, negative && count > 0 ? kNegative : std::int16_t{0});
  put_big_endian(bytes, static_cast<std::int16_t>(fraction.size()));
  for (std::size_t g = first; g < groups.size(); ++g) put_big_endian(bytes, groups[g]);
}

void put_integer(std::string& bytes, std::int64_t value, ColumnType type) {
  switch (type) {
    case ColumnType::boolean: put_field(bytes, static_cast<std::int8_t>(value != 0)); break;
    case ColumnType::short_integer: put_field(bytes, static_cast<std::int16_t>(value)); break;
    case ColumnType::integer: put_field(bytes, static_cast<std::int32_t>(value)); break;
    default: put_field(bytes, value); break;
  }
}

void put_text(std::string& bytes, std::string_view text, ColumnType type) {
  switch (type) {
    case ColumnType::decimal: put_numeric(bytes, text); break;
    case ColumnType::local_date: put_field(bytes, days_of(text)); break;
    case ColumnType::local_date_time:
    case ColumnType::instant: put_field(bytes, microseconds_of(text)); break;
    default:
      put_big_endian(bytes, static_cast<std::int32_t>(text.size()));
      bytes += text;
      break;
  }
}

}  // namespace

void put_cell(std::string& bytes, const Cell& cell, ColumnType type) {
  switch (cell.form) {
    case CellForm::absent:
    case CellForm::null: put_big_endian<std::int32_t>(bytes, -1); break;
    case CellForm::integer: put_integer(bytes, cell.integer, type); break;
    case CellForm::real:  // adding zero takes the sign off a negative one
      put_field(bytes, std::bit_cast<std::int64_t>(cell.real + 0.0));
      break;
    case CellForm::text: put_text(bytes, cell.text, type); break;
  }
}

}  // namespace destinations
