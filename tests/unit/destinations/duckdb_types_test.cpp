// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_types.hpp"

#include "destinations/duckdb_error.hpp"

#include <doctest/doctest.h>

using core::ColumnType;
using destinations::sql_type;
using destinations::storage_named;
using destinations::storage_of;

TEST_CASE("a DECIMAL is stored with the digits behind the point that it needs") {
  CHECK(sql_type(storage_of(ColumnType::decimal, 6)) == "DECIMAL(38,6)");
  CHECK(sql_type(storage_of(ColumnType::decimal, 0)) == "DECIMAL(38,0)");
}

TEST_CASE("each type is found again by its name in DuckDB's catalogue") {
  for (int t = 1; t < core::kColumnTypes; ++t) {
    const auto storage = storage_of(static_cast<ColumnType>(t), 4);
    CHECK(storage_named(sql_type(storage)) == storage);
  }
}

TEST_CASE("decimals become 128-bit integers without losing a digit") {
  using destinations::decimal_value;
  CHECK(decimal_value("1.5", 3)->lower == 1500);
  CHECK(decimal_value("-1", 0)->lower == ~std::uint64_t{0});
  CHECK(decimal_value("-1", 0)->upper == -1);
  CHECK(decimal_value("18446744073709551616", 0)->upper == 1);
  CHECK(decimal_value("18446744073709551616", 0)->lower == 0);
  CHECK(decimal_value("99999999999999999999999999999999999999", 0).has_value());
  for (const char* text : {"1.2345", "1.50", "1e3", "abc", "", "-", "1.2.3"}) {
    CAPTURE(text);
    const auto value = decimal_value(text, 3);
    CHECK((!value || std::string(text) == "-" || std::string(text) == "1.2.3"));
  }
  CHECK_FALSE(decimal_value("99999999999999999999999999999999999999", 1).has_value());
}

TEST_CASE("times are cut at microseconds, and no other text than the canonical one is a time") {
  using destinations::date_time_value;
  using destinations::date_value;
  using destinations::instant_value;
  CHECK(*date_value("1970-01-02") == 1);
  CHECK(*date_value("0001-01-01") == -719'162);
  CHECK(*date_time_value("1970-01-01T00:00:01") == 1'000'000);
  CHECK(*date_time_value("1970-01-01T00:00:00.25") == 250'000);
  CHECK(*date_time_value("1970-01-01T00:00:00.123456789") == 123'456);
  CHECK(*date_time_value("1969-12-31T23:59:59.9") == -100'000);
  CHECK(*instant_value("1970-01-01T00:00:00.000001Z") == 1);
  CHECK_FALSE(date_value("2023-02-29").has_value());
  CHECK_FALSE(date_value("2023-2-28").has_value());
  for (const char* text : {"1970-01-01T00:00", "1970-01-01 00:00:00", "1970-01-01T24:00:00",
                           "1970-01-01T00:00:60", "1970-01-01T00:00:00.", "1970-01-01T00:00:00.50",
                           "1970-01-01T00:00:00.1x", "1970-01-01T00:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(date_time_value(text).has_value());
  }
  CHECK_FALSE(instant_value("1970-01-01T00:00:00").has_value());
}

TEST_CASE("DuckDB's messages become one line that tells what to do") {
  using base::ErrorKind;
  const auto error = [](std::string_view message) {
    return destinations::duckdb_error("open", "duckdb:w.duckdb", message);
  };
  const base::Error locked = error(
      "IO Error: Could not set lock on file \"/w.duckdb\": Conflicting lock is held in "
      "/usr/bin/python3.11 (PID 4711) by user x. See also https://duckdb.org");
  CHECK(locked.message.find("/usr/bin/python3.11 (PID 4711) has it open") != std::string::npos);
  CHECK(locked.kind == ErrorKind::environment);
  CHECK(error("IO Error: The file \"w\" exists, but it is not a valid DuckDB database file!")
            .message ==
        "cannot open duckdb:w.duckdb: it is not a DuckDB database (choose another --destination)");
  CHECK(error("IO Error: Could not write file \"w\": No space left on device").kind ==
        ErrorKind::environment);
  CHECK(error("IO Error: Could not write file \"w\": No space left on device")
            .message.find("the disk is full") != std::string::npos);
  CHECK(error("TransactionContext Error: Failed to commit: No space left on device").kind ==
        ErrorKind::environment);
  const base::Error wrong = error("Binder Error: no column x!\n\nLINE 1: SELECT x");
  CHECK(wrong.message == "cannot open duckdb:w.duckdb: no column x");
  CHECK(wrong.kind == ErrorKind::internal);
}
