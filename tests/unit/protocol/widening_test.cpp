// SPDX-License-Identifier: Apache-2.0
#include "protocol/widening.hpp"

#include "protocol/classify.hpp"
#include "protocol/number_text.hpp"
#include "protocol/time_text.hpp"

#include <array>
#include <charconv>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

using core::ColumnType;
using protocol::convert;
using protocol::widen;

namespace {

constexpr auto kTypes = [] {
  std::array<ColumnType, core::kColumnTypes> types{};
  for (int i = 0; i < core::kColumnTypes; ++i)
    types[static_cast<std::size_t>(i)] = static_cast<ColumnType>(i);
  return types;
}();

// The value of a number, independent of how it is written: digits and exponent, bare of zeros.
std::string number_value(std::string_view text) {
  std::string digits;
  long exponent = 0;
  bool negative = false, fraction = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '-') negative = true;
    if (c == '.') fraction = true;
    if (c >= '0' && c <= '9') {
      digits += c;
      if (fraction) --exponent;
    }
    if (c == 'e' || c == 'E') {
      exponent += std::stol(std::string(text.substr(i + 1)));
      break;
    }
  }
  while (!digits.empty() && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  const std::size_t first = digits.find_first_not_of('0');
  if (first == digits.npos) return "0";
  return fmt::format("{}{}e{}", negative ? "-" : "", digits.substr(first), exponent);
}

bool is_number(ColumnType type) {
  return type >= ColumnType::short_integer && type <= ColumnType::double_float;
}

std::string random_number(std::mt19937_64& random) {
  const auto below = [&random](std::uint64_t n) { return random() % n; };
  std::string text = below(3) == 0 ? "-" : "";
  const std::uint64_t whole = below(25);
  if (whole == 0) text += "0";
  for (std::uint64_t i = 0; i < whole; ++i)
    text += static_cast<char>((i == 0 ? '1' : '0') + static_cast<char>(below(i == 0 ? 9 : 10)));
  if (below(2) == 0) {
    text += '.';
    for (std::uint64_t i = below(20) + 1; i > 0; --i)
      text += static_cast<char>('0' + static_cast<char>(below(10)));
  }
  if (below(4) == 0) text += fmt::format("e{}", static_cast<int>(below(60)) - 30);
  return text;
}

}  // namespace

TEST_CASE("times are cut at microseconds") {
  CHECK(protocol::instant_text("2024-01-01T00:00:00.123456789Z") == "2024-01-01T00:00:00.123456Z");
  CHECK(protocol::local_date_time_text("2024-01-01T00:00:00.1000009") == "2024-01-01T00:00:00.1");
  CHECK(protocol::is_plain_date_time("2024-01-01T00:00:00.123456"));
  CHECK_FALSE(protocol::is_plain_date_time("2024-01-01T00:00:00.1234567"));
}

TEST_CASE("the lattice of the contract") {
  using enum ColumnType;
  struct Row {
    ColumnType a, b;
    bool beyond;
    ColumnType result;
  };
  constexpr Row kRows[] = {
      {none, string, false, string},
      {none, none, false, none},
      {short_integer, integer, false, integer},
      {integer, long_integer, false, long_integer},
      {long_integer, decimal, false, decimal},
      {integer, double_float, false, double_float},
      {long_integer, double_float, false, double_float},
      {long_integer, double_float, true, decimal},
      {decimal, double_float, false, decimal},
      {boolean, short_integer, false, string},
      {boolean, local_date, false, string},
      {local_date, local_date_time, false, local_date_time},
      {local_date, instant, false, instant},
      {local_date_time, instant, false, instant},
      {instant, short_integer, false, string},
      {double_float, string, false, string},
      {json, short_integer, false, json},
      {json, string, false, json},
      {json, boolean, true, json},
  };
  for (const Row& row : kRows) {
    CAPTURE(core::name(row.a));
    CAPTURE(core::name(row.b));
    CHECK(widen(row.a, row.b, row.beyond) == row.result);
  }
}

TEST_CASE("widening does not depend on order or grouping") {
  for (const ColumnType a : kTypes)
    for (const ColumnType b : kTypes)
      for (const ColumnType c : kTypes)
        for (int flags = 0; flags < 8; ++flags) {
          const bool fa = flags & 1, fb = flags & 2, fc = flags & 4;
          const ColumnType ab = widen(a, b, fa || fb), bc = widen(b, c, fb || fc);
          REQUIRE(widen(a, b, fa || fb) == widen(b, a, fa || fb));
          REQUIRE(widen(ab, c, fa || fb || fc) == widen(a, bc, fa || fb || fc));
          REQUIRE(widen(ab, a, fa || fb) == ab);
        }
}

TEST_CASE("no conversion changes a digit, whatever way a number takes") {
  std::mt19937_64 random(20240301);
  int decimals = 0, doubles = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string sent = random_number(random);
    const bool whole = sent.find_first_of(".eE") == sent.npos;
    ColumnType type = protocol::classify_number(sent);
    bool beyond = whole && protocol::beyond_double(sent);
    decimals += type == ColumnType::decimal;
    doubles += type == ColumnType::double_float;
    std::string stored = convert(sent, type, type);
    for (int step = 0; step < 3; ++step) {
      const ColumnType with = kTypes[random() % kTypes.size()];
      beyond = beyond || random() % 4 == 0;
      const ColumnType wider = widen(type, with, beyond);
      stored = convert(stored, type, wider);
      type = wider;
    }
    CAPTURE(sent);
    CAPTURE(stored);
    CAPTURE(core::name(type));
    if (stored.front() == '"') stored = stored.substr(1, stored.size() - 2);
    REQUIRE(number_value(stored) == number_value(sent));
    if (is_number(type)) REQUIRE(convert(stored, type, type) == stored);
  }
  CHECK(decimals > 100);
  CHECK(doubles > 100);
}

TEST_CASE("canonical texts of numbers") {
  using protocol::decimal_text;
  using protocol::double_text;
  CHECK(double_text(0.1) == "0.1");
  CHECK(double_text(3) == "3");
  CHECK(double_text(-0.0) == "0");
  CHECK(double_text(100000) == "100000");
  CHECK(double_text(123456789012345.0) == "123456789012345");
  CHECK(double_text(1e15) == "1e+15");
  CHECK(double_text(0.0001) == "0.0001");
  CHECK(double_text(1.5e-7) == "1.5e-07");
  CHECK(double_text(-1.7976931348623157e308) == "-1.7976931348623157e+308");
  CHECK(double_text(5e-324) == "5e-324");
  CHECK(decimal_text("12345678901234567890.10") == "12345678901234567890.1");
  CHECK(decimal_text("1e25") == "10000000000000000000000000");
  CHECK(decimal_text("-1.50E-3") == "-0.0015");
  CHECK(decimal_text("-0") == "0");
  CHECK(decimal_text("0.000") == "0");
  CHECK(decimal_text("100") == "100");
  CHECK(decimal_text("1e999999999999") == "1e+2147483647");
  CHECK(decimal_text("12e400") == "1.2e+401");
  CHECK(protocol::is_plain_decimal("100"));
  CHECK(protocol::is_plain_decimal("0.1"));
  CHECK_FALSE(protocol::is_plain_decimal("0.10"));
  CHECK_FALSE(protocol::is_plain_decimal("1e3"));
  CHECK_FALSE(protocol::is_plain_decimal("-0"));
}

TEST_CASE("canonical texts of times") {
  using protocol::instant_text;
  using protocol::local_date_time_text;
  CHECK(local_date_time_text("2024-03-01") == "2024-03-01T00:00:00");
  CHECK(local_date_time_text("2024-03-01 07:05") == "2024-03-01T07:05:00");
  CHECK(local_date_time_text("2024-03-01T07:05:09.2500") == "2024-03-01T07:05:09.25");
  CHECK(local_date_time_text("2024-03-01T07:05:09.000") == "2024-03-01T07:05:09");
  CHECK(local_date_time_text("2016-12-31T23:59:60") == "2017-01-01T00:00:00");
  CHECK(instant_text("2024-03-01T07:05:09Z") == "2024-03-01T07:05:09Z");
  CHECK(instant_text("2024-03-01t07:05z") == "2024-03-01T07:05:00Z");
  CHECK(instant_text("2024-03-01T00:30:00.120+01:00") == "2024-02-29T23:30:00.12Z");
  CHECK(instant_text("2024-12-31T20:00:00-0430") == "2025-01-01T00:30:00Z");
  CHECK(instant_text("2024-03-01T00:30:00+02") == "2024-02-29T22:30:00Z");
  CHECK(instant_text("2024-03-01") == "2024-03-01T00:00:00Z");
  CHECK(instant_text("0001-01-01T00:00:00+05:00") == "0000-12-31T19:00:00Z");
  CHECK(instant_text("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00Z");
  CHECK(instant_text("not a time") == "not a time");
  CHECK(protocol::is_plain_instant("2024-03-01T07:05:09Z"));
  CHECK(protocol::is_plain_instant("2024-03-01T07:05:09.25Z"));
  CHECK_FALSE(protocol::is_plain_instant("2024-03-01T07:05:09.250Z"));
  CHECK_FALSE(protocol::is_plain_instant("2024-03-01 07:05:09Z"));
  CHECK_FALSE(protocol::is_plain_instant("2016-12-31T23:59:60Z"));
  CHECK_FALSE(protocol::is_plain_instant("2024-03-01T07:05:09+00:00"));
}

TEST_CASE("conversions to the wide types") {
  using enum ColumnType;
  CHECK(convert("1.50", double_float, string) == "1.5");
  CHECK(convert("1e22", double_float, decimal) == "10000000000000000000000");
  CHECK(convert("7", short_integer, double_float) == "7");
  CHECK(convert("true", boolean, string) == "true");
  CHECK(convert("2024-03-01", local_date, string) == "2024-03-01");
  CHECK(convert("2024-03-01T09:00:00+02:00", instant, string) == "2024-03-01T09:00:00+02:00");
  CHECK(convert("2024-03-01", local_date, instant) == "2024-03-01T00:00:00Z");
  CHECK(convert("a \"b\"", string, json) == R"("a \"b\"")");
  CHECK(convert("5", short_integer, json) == "5");
  CHECK(convert("1.50", double_float, json) == "1.5");
  CHECK(convert("true", boolean, json) == "true");
  CHECK(convert("2024-03-01", local_date, json) == R"("2024-03-01")");
  CHECK(convert(R"({"a":1.50})", json, json) == R"({"a":1.50})");
}

TEST_CASE("decimals tell how many digits a column of them needs") {
  protocol::DecimalDigits digits;
  for (const char* text : {"12345678901234567890", "-0.000123", "7.5", "0"})
    digits.add(protocol::digits_of(text));
  CHECK(digits.whole == 20);
  CHECK(digits.fraction == 6);
  CHECK(digits.fit());
  digits.add(protocol::digits_of("0.1234567890123456789"));
  CHECK_FALSE(digits.fit());
  CHECK_FALSE(protocol::digits_of("1.5e+400").fit());
  CHECK(protocol::digits_of("0.12345678901234567890123456789012345678").fit());
}
