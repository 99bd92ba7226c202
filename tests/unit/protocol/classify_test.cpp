// SPDX-License-Identifier: Apache-2.0
#include "protocol/classify.hpp"

#include <doctest/doctest.h>

using core::ColumnType;
using protocol::classify_number;
using protocol::classify_string;

TEST_CASE("integers by range") {
  CHECK(classify_number("0") == ColumnType::short_integer);
  CHECK(classify_number("-32768") == ColumnType::short_integer);
  CHECK(classify_number("32768") == ColumnType::integer);
  CHECK(classify_number("-2147483649") == ColumnType::long_integer);
  CHECK(classify_number("9223372036854775807") == ColumnType::long_integer);
  CHECK(classify_number("9223372036854775808") == ColumnType::decimal);
  CHECK(classify_number("99999999999999999999999999999999999999") == ColumnType::decimal);
  CHECK(classify_number("100000000000000000000000000000000000000") == ColumnType::string);
}

TEST_CASE("fractions are DOUBLE only when no digit is lost") {
  CHECK(classify_number("10.25") == ColumnType::double_float);
  CHECK(classify_number("1.0") == ColumnType::double_float);
  CHECK(classify_number("0.1") == ColumnType::double_float);
  CHECK(classify_number("1e300") == ColumnType::double_float);
  CHECK(classify_number("0.30000000000000004") == ColumnType::double_float);
  CHECK(classify_number("0.1000000000000000000") == ColumnType::double_float);
  CHECK(classify_number("0.1000000000000000055511151231257827") == ColumnType::decimal);
  CHECK(classify_number("1234567890123456.789") == ColumnType::decimal);
  CHECK(classify_number("1e400") == ColumnType::string);
  CHECK(classify_number("0e999") == ColumnType::double_float);
}

TEST_CASE("dates and times are recognised strictly") {
  CHECK(classify_string("2024-02-29") == ColumnType::local_date);
  CHECK(classify_string("2023-02-29") == ColumnType::string);
  CHECK(classify_string("2024-13-01") == ColumnType::string);
  CHECK(classify_string("2024-01-01T10:00:00") == ColumnType::local_date_time);
  CHECK(classify_string("2024-01-01 10:00:00.123") == ColumnType::local_date_time);
  CHECK(classify_string("2024-01-01T10:00:00Z") == ColumnType::instant);
  CHECK(classify_string("2024-01-01T10:00:00.123456+02:00") == ColumnType::instant);
  CHECK(classify_string("2024-01-01T25:00:00Z") == ColumnType::string);
  CHECK(classify_string("2024-01-01T10:00:00Zulu") == ColumnType::string);
  CHECK(classify_string("2024-1-1") == ColumnType::string);
  CHECK(classify_string("01/02/2024") == ColumnType::string);
  CHECK(classify_string("007") == ColumnType::string);
  CHECK(classify_string("") == ColumnType::string);
}

TEST_CASE("the edge of a double") {
  CHECK_FALSE(protocol::beyond_double("9007199254740991"));
  CHECK(protocol::beyond_double("9007199254740992"));
  CHECK(protocol::beyond_double("-9007199254740993"));
  CHECK_FALSE(protocol::beyond_double("-1"));
}

TEST_CASE("dates and times are recognised strictly") {
  struct Vector {
    const char* text;
    ColumnType type;
  };
  constexpr Vector kVectors[] = {
      {"0001-01-01", ColumnType::local_date},
      {"0000-12-31", ColumnType::string},
      {"9999-12-31", ColumnType::local_date},
      {"10000-01-01", ColumnType::string},
      {"1900-02-29", ColumnType::string},
      {"2000-02-29", ColumnType::local_date},
      {"2024-04-31", ColumnType::string},
      {"2024-00-10", ColumnType::string},
      {"2024-01-00", ColumnType::string},
      {" 2024-01-01", ColumnType::string},
      {"2024-01-01 ", ColumnType::string},
      {"20240101", ColumnType::string},
      {"2024-W01-1", ColumnType::string},
      {"2024-001", ColumnType::string},
      {"2024-01", ColumnType::string},
      {"2024-01-01T10", ColumnType::string},
      {"2024-01-01T10:00", ColumnType::local_date_time},
      {"2024-01-01t10:00:00", ColumnType::local_date_time},
      {"2024-01-01T24:00", ColumnType::string},
      {"2024-01-01T24:00:00", ColumnType::string},
      {"2024-01-01T23:60:00", ColumnType::string},
      {"2016-12-31T23:59:60Z", ColumnType::string},
      {"2016-12-31T23:59:60", ColumnType::string},
      {"2024-01-01T10:00:00.", ColumnType::string},
      {"2024-01-01T10:00:00.1", ColumnType::local_date_time},
      {"2024-01-01T10:00:00.123456789", ColumnType::local_date_time},
      {"2024-01-01T10:00:00.1234567890", ColumnType::string},
      {"2024-01-01T10:00:00,5", ColumnType::string},
      {"2024-01-01T10:00.5", ColumnType::string},
      {"2024-01-01T10:00Z", ColumnType::instant},
      {"2024-01-01t10:00:00.5Z", ColumnType::instant},
      {"2024-01-01T10:00:00z", ColumnType::instant},
      {"2024-01-01 10:00:00Z", ColumnType::instant},
      {"2024-01-01 10:00:00+02:00", ColumnType::instant},
      {"2024-01-01T10:00:00+02:00", ColumnType::instant},
      {"2024-01-01T10:00:00-00:00", ColumnType::instant},
      {"2024-01-01T10:00:00+0200", ColumnType::string},
      {"2024-01-01T10:00:00+02", ColumnType::string},
      {"2024-01-01T10:00:00+2:00", ColumnType::string},
      {"2024-01-01T10:00:00+18:00", ColumnType::instant},
      {"2024-01-01T10:00:00-18:01", ColumnType::string},
      {"2024-01-01T10:00:00+02:60", ColumnType::string},
      {"2024-01-01T10:00:00 UTC", ColumnType::string},
      {"2024-01-01T10:00:00[Europe/Berlin]", ColumnType::string},
      {"0001-01-01T00:30:00+01:00", ColumnType::string},
      {"0001-01-01T01:00:00+01:00", ColumnType::instant},
      {"9999-12-31T23:30:00-01:00", ColumnType::string},
      {"9999-12-31T22:59:59-01:00", ColumnType::instant},
      {"١٠٢٤-01-01", ColumnType::string},
  };
  for (const Vector& vector : kVectors) {
    CAPTURE(vector.text);
    CHECK(classify_string(vector.text) == vector.type);
  }
}

TEST_CASE("numbers at the borders of their types") {
  struct Vector {
    const char* text;
    ColumnType type, as_decimal;
  };
  const auto same = [](const char* text, ColumnType type) { return Vector{text, type, type}; };
  const Vector vectors[] = {
      same("-32769", ColumnType::integer),
      same("32767", ColumnType::short_integer),
      same("2147483647", ColumnType::integer),
      same("2147483648", ColumnType::long_integer),
      same("-9223372036854775808", ColumnType::long_integer),
      same("-9223372036854775809", ColumnType::decimal),
      same("-0", ColumnType::short_integer),
      {"-0.0", ColumnType::double_float, ColumnType::decimal},
      {"0.1", ColumnType::double_float, ColumnType::decimal},
      {"1.50", ColumnType::double_float, ColumnType::decimal},
      {"12345678901234.56", ColumnType::double_float, ColumnType::decimal},
      {"123456789012345678.25", ColumnType::decimal, ColumnType::decimal},
      {"1e3", ColumnType::double_float, ColumnType::decimal},
      {"1E37", ColumnType::double_float, ColumnType::decimal},
      {"1e38", ColumnType::double_float, ColumnType::double_float},
      {"1e-37", ColumnType::double_float, ColumnType::decimal},
      {"1e-38", ColumnType::double_float, ColumnType::double_float},
      {"1.7976931348623157e308", ColumnType::double_float, ColumnType::double_float},
      same("1.7976931348623159e309", ColumnType::string),
      same("0.12345678901234567890123456789012345678", ColumnType::string),
      same("0.1234567890123456789012345678901234567", ColumnType::decimal),
      same("1234567890123456789012345678901234567.8", ColumnType::decimal),
      same("12345678901234567890123456789012345678.9", ColumnType::string),
  };
  for (const Vector& vector : vectors) {
    CAPTURE(vector.text);
    CHECK(classify_number(vector.text) == vector.type);
    CHECK(classify_number(vector.text, true) == vector.as_decimal);
  }
}
