// SPDX-License-Identifier: Apache-2.0
#include "protocol/classify.hpp"

#include <charconv>
#include <cstdint>
#include <span>
#include <string>

namespace protocol {
namespace {

using core::ColumnType;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

ColumnType classify_integer(std::string_view digits) {
  const bool negative = digits.front() == '-';
  const std::size_t count = digits.size() - (negative ? 1 : 0);
  // The number of digits alone often tells.
  if (count <= 4) return ColumnType::short_integer;
  if (count >= 6 && count <= 9) return ColumnType::integer;
  if (count >= 11 && count <= 18) return ColumnType::long_integer;
  if (count > 19) return count <= 38 ? ColumnType::decimal : ColumnType::string;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{}) return ColumnType::decimal;
  if (value >= INT16_MIN && value <= INT16_MAX) return ColumnType::short_integer;
  if (value >= INT32_MIN && value <= INT32_MAX) return ColumnType::integer;
  return ColumnType::long_integer;
}

// A number as significant digits without leading and trailing zeros, and the power of ten of the
// last of them: 120.50 is {"1205", -1}. Two spellings of one number give the same.
struct Digits {
  char digits[64];
  std::size_t count = 0;
  long exponent = 0;
  bool too_long = false;
  bool operator==(const Digits& other) const {
    return std::string_view(digits, count) == std::string_view(other.digits, other.count) &&
           (exponent == other.exponent || count == 0);
  }
};

Digits significant(std::string_view number) {
  Digits result;
  long exponent = 0;
  bool fraction = false;
  std::size_t i = number.front() == '-' ? 1 : 0;
  for (; i < number.size(); ++i) {
    const char c = number[i];
    if (c == '.') {
      fraction = true;
    } else if (c == 'e' || c == 'E') {
      std::string_view power = number.substr(i + 1);
      if (power.front() == '+') power.remove_prefix(1);
      long value = 0;
      const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), value);
      if (error != std::errc{}) result.too_long = true;
      exponent += value;
      break;
    } else {
      if (fraction) --exponent;
      if (result.count == 0 && c == '0') continue;
      if (result.count == sizeof result.digits) {
        result.too_long = true;
        break;
      }
      result.digits[result.count++] = c;
    }
  }
  while (result.count > 0 && result.digits[result.count - 1] == '0') {
    --result.count;
    ++exponent;
  }
  result.exponent = exponent;
  return result;
}

// As DECIMAL the digits must fit in 38 places before and behind the point together.
bool fits_decimal(const Digits& number) {
  const long whole = static_cast<long>(number.count) + (number.exponent > 0 ? number.exponent : 0);
  const long scale = number.exponent < 0 ? -number.exponent : 0;
  return whole <= 38 && scale <= 37;
}

// The shortest spelling of the double next to `number`, written to `to`; empty where there is none.
std::string_view as_double(std::string_view number, std::span<char, 40> to) {
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{}) return {};
  const auto out = std::to_chars(to.data(), to.data() + to.size(), value);
  return {to.data(), static_cast<std::size_t>(out.ptr - to.data())};
}

ColumnType classify_fraction(std::string_view number, bool has_exponent, bool as_decimal) {
  // Fifteen significant digits always survive the way through a double; no need to try.
  const bool is_short = !has_exponent && number.size() <= 16;
  if (is_short) return as_decimal ? ColumnType::decimal : ColumnType::double_float;
  char room[40];
  const std::string_view printed = as_double(number, room);
  // Most programs print a double as we do; where they do, nothing needs to be compared.
  if (!as_decimal && printed == number) return ColumnType::double_float;
  const Digits sent = significant(number);
  if (sent.too_long) return ColumnType::string;
  if (as_decimal && fits_decimal(sent)) return ColumnType::decimal;
  if (sent.count == 0 || (!printed.empty() && significant(printed) == sent))
    return ColumnType::double_float;
  return fits_decimal(sent) ? ColumnType::decimal : ColumnType::string;
}

// Reads `count` digits at `at`, or -1.
int digits_at(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool is_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = digits_at(text, 0, 4), month = digits_at(text, 5, 2),
            day = digits_at(text, 8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

// The length of `HH:MM[:SS[.f]]` at the start of `text`, or 0.
std::size_t clock_length(std::string_view text) {
  const int hour = digits_at(text, 0, 2), minute = digits_at(text, 3, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[2] != ':') return 0;
  std::size_t length = 5;
  if (text.size() > 5 && text[5] == ':') {
    const int second = digits_at(text, 6, 2);
    if (second < 0 || second > 59) return 0;
    length = 8;
    if (text.size() > 8 && text[8] == '.') {
      std::size_t end = 9;
      while (end < text.size() && is_digit(text[end])) ++end;
      if (end == 9 || end > 18) return 0;
      length = end;
    }
  }
  return length;
}

// Whether `zone` is Z, z or `±HH:MM`, 18 hours at most, and the moment in UTC is still in the years
// 0001 to 9999. `text` begins with the date and the clock.
bool is_moment(std::string_view text, std::string_view zone) {
  if (zone == "Z" || zone == "z") return true;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return false;
  const int hour = digits_at(zone, 1, 2), minute = digits_at(zone, 4, 2);
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 18 * 60) return false;
  const int east = (hour * 60 + minute) * (zone[0] == '+' ? 1 : -1);
  const int utc = digits_at(text, 11, 2) * 60 + digits_at(text, 14, 2) - east;
  return (utc >= 0 || !text.starts_with("0001-01-01")) &&
         (utc < 24 * 60 || !text.starts_with("9999-12-31"));
}

}  // namespace

ColumnType classify_number(std::string_view digits, bool fraction_as_decimal) {
  bool whole = true, has_exponent = false;
  for (const char c : digits) {
    has_exponent = has_exponent || c == 'e' || c == 'E';
    whole = whole && c != '.' && !has_exponent;
  }
  if (whole) return classify_integer(digits);
  return classify_fraction(digits, has_exponent, fraction_as_decimal);
}

ColumnType classify_string(std::string_view text) {
  if (text.size() < 10 || text.size() > 35 || text[4] != '-' || !is_date(text))
    return ColumnType::string;
  if (text.size() == 10) return ColumnType::local_date;
  if (text[10] != 'T' && text[10] != ' ' && text[10] != 't') return ColumnType::string;
  std::string_view rest = text.substr(11);
  const std::size_t clock = clock_length(rest);
  if (clock == 0) return ColumnType::string;
  rest.remove_prefix(clock);
  if (rest.empty()) return ColumnType::local_date_time;
  return is_moment(text, rest) ? ColumnType::instant : ColumnType::string;
}

bool beyond_double(std::string_view integer_digits) {
  const bool negative = integer_digits.front() == '-';
  if (negative) integer_digits.remove_prefix(1);
  constexpr std::string_view kLimit = "9007199254740991";
  if (integer_digits.size() != kLimit.size()) return integer_digits.size() > kLimit.size();
  return integer_digits > kLimit;
}

}  // namespace protocol
