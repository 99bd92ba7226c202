// SPDX-License-Identifier: Apache-2.0
#include "protocol/canonical_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

namespace protocol {
namespace {

// A number as sign, significant digits without zeros at either end, and the place of the decimal
// point counted from their start: 120.5 is {false, "1205", 3}, 0.05 is {false, "5", -1}.
struct Digits {
  bool negative = false;
  std::string digits;
  long point = 0;
};

Digits split(std::string_view number) {
  Digits result;
  if (!number.empty() && number.front() == '-') {
    result.negative = true;
    number.remove_prefix(1);
  }
  const std::size_t exponent_at = number.find_first_of("eE");
  std::string_view power =
      exponent_at == number.npos ? std::string_view() : number.substr(exponent_at + 1);
  if (!power.empty() && power.front() == '+') power.remove_prefix(1);
  std::int32_t exponent = 0;
  if (std::from_chars(power.data(), power.data() + power.size(), exponent).ec ==
      std::errc::result_out_of_range)
    exponent = power.front() == '-' ? INT32_MIN : INT32_MAX;
  const std::string_view mantissa = number.substr(0, exponent_at);
  const std::size_t point_at = std::min(mantissa.find('.'), mantissa.size());
  result.point = static_cast<long>(point_at) + exponent;
  for (const char c : mantissa)
    if (c != '.') result.digits += c;
  const std::size_t zeros = std::min(result.digits.find_first_not_of('0'), result.digits.size());
  result.digits.erase(0, zeros);
  result.point -= static_cast<long>(zeros);
  result.digits.erase(result.digits.find_last_not_of('0') + 1);
  if (result.digits.empty()) result = {false, "0", 1};
  return result;
}

std::string plain(const Digits& number) {
  const auto count = static_cast<long>(number.digits.size());
  std::string text = number.negative ? "-" : "";
  if (number.point <= 0) {
    text += "0.";
    text.append(static_cast<std::size_t>(-number.point), '0');
    return text + number.digits;
  }
  text += number.digits.substr(0, static_cast<std::size_t>(number.point));
  if (number.point > count) text.append(static_cast<std::size_t>(number.point - count), '0');
  if (number.point < count)
    text += "." + number.digits.substr(static_cast<std::size_t>(number.point));
  return text;
}

std::string scientific(const Digits& number) {
  std::string text = number.negative ? "-" : "";
  text += number.digits.front();
  if (number.digits.size() > 1) text += "." + number.digits.substr(1);
  const long power = number.point - 1;
  return text + fmt::format("e{}{:02}", power < 0 ? '-' : '+', power < 0 ? -power : power);
}

struct Parts {
  std::string_view date, clock, fraction;  // "2024-03-01", "07:05" or "07:05:09", "250"
  int offset_minutes = 0;
};

int number_at(std::string_view text, std::size_t at, std::size_t count) {
  int value = -1;
  if (at + count > text.size()) return -1;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + count, value);
  return error == std::errc{} && end == text.data() + at + count ? value : -1;
}

// Minutes east of UTC from `Z`, `+HH`, `+HHMM` or `+HH:MM`; 0 for none.
std::optional<int> offset_of(std::string_view zone) {
  if (zone.empty() || zone == "Z" || zone == "z") return 0;
  const int hours = number_at(zone, 1, 2);
  const std::size_t minutes_at = zone.size() > 3 && zone[3] == ':' ? 4 : 3;
  const int minutes = zone.size() > 3 ? number_at(zone, minutes_at, 2) : 0;
  if (hours < 0 || minutes < 0 || (zone.front() != '+' && zone.front() != '-')) return std::nullopt;
  const int offset = hours * 60 + minutes;
  return zone.front() == '-' ? -offset : offset;
}

std::optional<Parts> parts_of(std::string_view text) {
  Parts parts;
  parts.date = text.substr(0, 10);
  if (parts.date.size() < 10 || parts.date[4] != '-' || parts.date[7] != '-') return std::nullopt;
  text.remove_prefix(10);
  if (text.empty()) {
    parts.clock = "00:00:00";
    return parts;
  }
  text.remove_prefix(1);
  const std::size_t clock_end = std::min(text.find_first_not_of("0123456789:"), text.size());
  parts.clock = text.substr(0, clock_end);
  if (parts.clock.size() != 5 && parts.clock.size() != 8) return std::nullopt;
  text.remove_prefix(clock_end);
  if (!text.empty() && text.front() == '.') {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    parts.fraction = text.substr(1, end - 1);
    parts.fraction = parts.fraction.substr(0, parts.fraction.find_last_not_of('0') + 1);
    text.remove_prefix(end);
  }
  const std::optional<int> offset = offset_of(text);
  if (!offset) return std::nullopt;
  parts.offset_minutes = *offset;
  return parts;
}

std::string with_fraction(std::string text, std::string_view fraction) {
  if (!fraction.empty()) text.append(".").append(fraction);
  return text;
}

std::string utc_text(const Parts& parts) {
  using namespace std::chrono;
  const int seconds_of_minute = parts.clock.size() == 8 ? number_at(parts.clock, 6, 2) : 0;
  const year_month_day date{year{number_at(parts.date, 0, 4)},
                            month{static_cast<unsigned>(number_at(parts.date, 5, 2))},
                            day{static_cast<unsigned>(number_at(parts.date, 8, 2))}};
  const sys_seconds time = sys_days{date} + hours{number_at(parts.clock, 0, 2)} +
                           minutes{number_at(parts.clock, 3, 2) - parts.offset_minutes} +
                           seconds{seconds_of_minute};
  const auto midnight = floor<days>(time);
  const year_month_day day_in_utc{midnight};
  const hh_mm_ss clock{time - midnight};
  return with_fraction(
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(day_in_utc.year()),
                  static_cast<unsigned>(day_in_utc.month()),
                  static_cast<unsigned>(day_in_utc.day()), clock.hours().count(),
                  clock.minutes().count(), clock.seconds().count()),
      parts.fraction);
}

std::string local_text(const Parts& parts) {
  if (parts.clock.ends_with(":60"))
    return utc_text(parts);  // a leap second: the next minute begins
  std::string text = fmt::format("{}T{}", parts.date, parts.clock);
  if (parts.clock.size() == 5) text += ":00";
  return with_fraction(std::move(text), parts.fraction);
}

}  // namespace

std::string double_text(double value) {
  char shortest[40];
  const auto out =
      std::to_chars(shortest, shortest + sizeof shortest, value, std::chars_format::scientific);
  const Digits number =
      split(std::string_view(shortest, static_cast<std::size_t>(out.ptr - shortest)));
  return number.point > -4 && number.point <= 15 ? plain(number) : scientific(number);
}

std::string decimal_text(std::string_view number) {
  const Digits digits = split(number);
  const long places =
      std::max(digits.point, static_cast<long>(digits.digits.size())) - std::min(digits.point, 0L);
  return places <= kMaxPlainDigits ? plain(digits) : scientific(digits);
}

std::string local_date_time_text(std::string_view text) {
  const std::optional<Parts> parts = parts_of(text);
  return parts ? local_text(*parts) : std::string(text);
}

std::string instant_text(std::string_view text) {
  const std::optional<Parts> parts = parts_of(text);
  if (!parts) return std::string(text);
  return (parts->offset_minutes == 0 ? local_text(*parts) : utc_text(*parts)) + "Z";
}

bool is_plain_decimal(std::string_view number) {
  if (number.find_first_of("eE") != number.npos || number == "-0") return false;
  return number.find('.') == number.npos || number.back() != '0';
}

bool is_plain_date_time(std::string_view text) {
  constexpr std::size_t kSeconds = 19;  // YYYY-MM-DDTHH:MM:SS
  if (text.size() < kSeconds || text[10] != 'T' || text[17] == '6') return false;
  return text.size() == kSeconds || (text[kSeconds] == '.' && text.back() != '0');
}

bool is_plain_instant(std::string_view text) {
  return !text.empty() && text.back() == 'Z' && is_plain_date_time(text.substr(0, text.size() - 1));
}

}  // namespace protocol
