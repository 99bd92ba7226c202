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
  CHECK(classify_string("2024-01-01T10:00:00+0200") == ColumnType::instant);
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
