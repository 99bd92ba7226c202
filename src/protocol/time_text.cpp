// SPDX-License-Identifier: Apache-2.0
#include "protocol/time_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

namespace protocol {
namespace {

constexpr std::size_t kFractionDigits = 6;  // what warehouses keep; the rest is cut off

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
    parts.fraction = text.substr(1, std::min(end - 1, kFractionDigits));
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

std::string local_date_time_text(std::string_view text) {
  const std::optional<Parts> parts = parts_of(text);
  return parts ? local_text(*parts) : std::string(text);
}

std::string instant_text(std::string_view text) {
  const std::optional<Parts> parts = parts_of(text);
  if (!parts) return std::string(text);
  return (parts->offset_minutes == 0 ? local_text(*parts) : utc_text(*parts)) + "Z";
}

bool is_plain_date_time(std::string_view text) {
  constexpr std::size_t kSeconds = 19;  // YYYY-MM-DDTHH:MM:SS
  if (text.size() < kSeconds || text[10] != 'T' || text[17] == '6') return false;
  return text.size() == kSeconds || (text[kSeconds] == '.' && text.back() != '0' &&
                                     text.size() <= kSeconds + 1 + kFractionDigits);
}

bool is_plain_instant(std::string_view text) {
  return !text.empty() && text.back() == 'Z' && is_plain_date_time(text.substr(0, text.size() - 1));
}

}  // namespace protocol
