// SPDX-License-Identifier: Apache-2.0
#include "protocol/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

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

bool is_plain_decimal(std::string_view number) {
  if (number.find_first_of("eE") != number.npos || number == "-0") return false;
  return number.find('.') == number.npos || number.back() != '0';
}

void DecimalDigits::add(const DecimalDigits& other) {
  whole = std::max(whole, other.whole);
  fraction = std::max(fraction, other.fraction);
}

DecimalDigits digits_of(std::string_view decimal) {
  if (decimal.starts_with('-')) decimal.remove_prefix(1);
  if (decimal.find('e') != decimal.npos) return {kDecimalDigits + 1, 0};  // more than 400 places
  const std::size_t point = std::min(decimal.find('.'), decimal.size());
  const auto size = [](std::size_t count) {
    return static_cast<int>(std::min<std::size_t>(count, kDecimalDigits + 1));
  };
  const bool only_fraction = decimal.substr(0, point) == "0";
  return {only_fraction ? 0 : size(point),
          point == decimal.size() ? 0 : size(decimal.size() - point - 1)};
}

}  // namespace protocol
