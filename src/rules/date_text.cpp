// SPDX-License-Identifier: Apache-2.0
#include "rules/date_text.hpp"

#include "core/column_type.hpp"
#include "protocol/classify.hpp"
#include "rules/timestamps.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>

namespace rules {
namespace {

constexpr std::size_t kLongest = 40;

// Three numbers with one separator between them, at the start of a text.
struct Triple {
  int numbers[3] = {-1, -1, -1};
  std::size_t digits[3] = {0, 0, 0};
  char separator = '\0';
  std::string_view rest;
  bool found = false;
};

Triple triple_of(std::string_view text) {
  Triple triple;
  std::size_t at = 0;
  for (std::size_t part = 0; part < 3; ++part) {
    const char* const begin = text.data() + at;
    const auto [end, fault] =
        std::from_chars(begin, text.data() + text.size(), triple.numbers[part]);
    triple.digits[part] = static_cast<std::size_t>(end - begin);
    if (fault != std::errc() || *begin == '-' || triple.digits[part] > 4) return triple;
    at += triple.digits[part];
    if (part == 2) break;
    if (at >= text.size() || (part > 0 && text[at] != triple.separator)) return triple;
    triple.separator = text[at++];
  }
  triple.rest = text.substr(at);
  triple.found = true;
  return triple;
}

bool is_day_and_month(int a, int b) {
  return a >= 1 && b >= 1 && a <= 31 && b <= 31 && std::min(a, b) <= 12;
}

// What follows the date is nothing or a clock.
bool ends_well(std::string_view rest) {
  if (rest.empty()) return true;
  if (rest.front() != ' ' && rest.front() != 'T' && rest.front() != ',') return false;
  return rest.find(':') != std::string_view::npos;
}

std::string_view separated_form(std::string_view text) {
  const Triple t = triple_of(text);
  if (!t.found || !ends_well(t.rest)) return "";
  const bool year_first = t.digits[0] == 4 && is_day_and_month(t.numbers[1], t.numbers[2]);
  const bool year_last = t.digits[2] == 4 && t.digits[0] <= 2 && t.digits[1] <= 2 &&
                         is_day_and_month(t.numbers[0], t.numbers[1]);
  const bool short_year = t.digits[0] <= 2 && t.digits[1] <= 2 && t.digits[2] == 2 &&
                          is_day_and_month(t.numbers[0], t.numbers[1]);
  if (t.separator == '/' && (year_last || short_year || year_first))
    return year_first ? "a date written with slashes"
                      : "a date whose day and month cannot be told apart";
  if (t.separator == '.' && year_last) return "a date written with dots";
  if (t.separator == '-' && year_last) return "a date whose day and month cannot be told apart";
  return "";
}

// "2024-01-05T10-30-00Z": hyphens all the way.
bool has_hyphens_for_colons(std::string_view text) {
  if (text.size() < 19 || (text[10] != 'T' && text[10] != ' ') || text[13] != '-' ||
      text[16] != '-')
    return false;
  std::string with_colons(text);
  with_colons[13] = with_colons[16] = ':';
  return moment_of(with_colons).has_value();
}

// "Mon, 01 Jan 2024 00:00:00 GMT", as HTTP and mail write it.
bool is_mail_date(std::string_view text) {
  constexpr std::array<std::string_view, 7> kDays = {"Mon, ", "Tue, ", "Wed, ", "Thu, ",
                                                     "Fri, ", "Sat, ", "Sun, "};
  return text.size() > 20 &&
         std::ranges::any_of(kDays, [&](std::string_view day) { return text.starts_with(day); }) &&
         text.find(':') != std::string_view::npos;
}

}  // namespace

std::string_view odd_date_form(std::string_view text) {
  if (text.size() < 6 || text.size() > kLongest) return "";
  if (protocol::classify_string(text) != core::ColumnType::string) return "";
  if (is_mail_date(text)) return "a date in the form of mails";
  if (text.front() < '0' || text.front() > '9') return "";
  if (const auto moment = moment_of(text)) return "a time whose offset lacks its colon";
  if (has_hyphens_for_colons(text)) return "a time with hyphens where colons belong";
  return separated_form(text);
}

}  // namespace rules
