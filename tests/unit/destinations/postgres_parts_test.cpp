// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"
#include "destinations/postgres_binary.hpp"
#include "destinations/postgres_error.hpp"
#include "destinations/postgres_types.hpp"
#include "destinations/postgres_url.hpp"

#include <doctest/doctest.h>

using core::ColumnType;
using destinations::Cell;
using destinations::CellForm;

namespace {

std::string text_field(std::string_view text, ColumnType type) {
  Cell cell;
  cell.form = CellForm::text;
  cell.text = text;
  std::string bytes;
  destinations::put_cell(bytes, cell, type);
  return base::to_hex(bytes);
}

}  // namespace

TEST_CASE("passwords are taken out of a URL wherever they stand") {
  using destinations::without_password;
  CHECK(without_password("postgresql://u:pw@h:5/d?sslmode=off") ==
        "postgresql://u@h:5/d?sslmode=off");
  CHECK(without_password("postgres://u:p@w/o?r:d@h/d") == "postgres://u@h/d");
  CHECK(without_password("postgresql://h:5432/d") == "postgresql://h:5432/d");
  CHECK(without_password("postgresql:///d?password=x&user=u&sslpassword=y") ==
        "postgresql:///d?user=u");
  CHECK(without_password("sqlite:w.sqlite") == "sqlite:w.sqlite");
}

TEST_CASE("a message shows no password, encoded or not") {
  CHECK(destinations::without_passwords_of("postgresql://u:a%20b@h/d", "a b and a%20b") ==
        "*** and ***");
  CHECK(destinations::without_passwords_of("postgresql:///d?password=xyz", "wrong: xyz") ==
        "wrong: ***");
}

// From `SELECT encode(numeric_send(…), 'hex')` and its like, with the length in front.
TEST_CASE("values have the bytes that the server itself sends") {
  CHECK(text_field("0", ColumnType::decimal) ==
        "00000008"
        "0000000000000000");
  CHECK(text_field("1", ColumnType::decimal) ==
        "0000000a"
        "00010000000000000001");
  CHECK(text_field("-12345.678", ColumnType::decimal) ==
        "0000000e"
        "00030001400000030001"
        "09291a7c");
  CHECK(text_field("0.00001", ColumnType::decimal) ==
        "0000000a"
        "0001fffe000000050"
        "3e8");
  CHECK(text_field("100000000", ColumnType::decimal) ==
        "0000000a"
        "00010002000000000001");
  CHECK(text_field("2000-01-02", ColumnType::local_date) ==
        "00000004"
        "00000001");
  CHECK(text_field("0001-01-01", ColumnType::local_date) ==
        "00000004"
        "fff4dbf9");
  CHECK(text_field("2000-01-01T00:00:01.5", ColumnType::local_date_time) ==
        "00000008"
        "000000000016e360");
  CHECK(text_field("1999-12-31T23:59:59.999999Z", ColumnType::instant) ==
        "00000008"
        "ffffffffffffffff");
  CHECK(text_field("é", ColumnType::string) ==
        "00000002"
        "c3a9");
}

TEST_CASE("a double loses the sign of zero only") {
  for (const double zero : {0.0, -0.0}) {
    Cell cell;
    cell.form = CellForm::real;
    cell.real = zero;
    std::string bytes;
    destinations::put_cell(bytes, cell, ColumnType::double_float);
    CHECK(base::to_hex(bytes) ==
          "00000008"
          "0000000000000000");
  }
}

TEST_CASE("what the server prints gets its canonical text") {
  using destinations::canonical_text;
  CHECK(canonical_text("t", ColumnType::boolean) == "true");
  CHECK(canonical_text("2.5000", ColumnType::decimal) == "2.5");
  CHECK(canonical_text("NaN", ColumnType::decimal) == "NaN");
  CHECK(canonical_text("1e+15", ColumnType::double_float) == "1e+15");
  CHECK(canonical_text("2024-01-01 00:00:00.5+00", ColumnType::instant) ==
        "2024-01-01T00:00:00.5Z");
  CHECK(canonical_text("2024-01-01 00:00:00", ColumnType::local_date_time) ==
        "2024-01-01T00:00:00");
}

TEST_CASE("what the server says becomes one line with what to do") {
  const auto connect = [](std::string_view message) {
    return destinations::postgres_connect_error("postgresql://h/d", message);
  };
  CHECK(connect("connection to server at \"h\", port 5 failed: Connection refused\n\tIs the server "
                "running on that host and accepting TCP/IP connections?\n")
            .message ==
        "cannot open postgresql://h/d: connection to server at \"h\", port 5 failed: Connection "
        "refused (is the server running, and are host and port right?)");
  CHECK(connect("invalid URI query parameter: \"x\"\n").kind == base::ErrorKind::usage);
  const auto failed = [](destinations::PostgresFailure failure) {
    return destinations::postgres_error("load orders into", "postgresql://h/d", failure);
  };
  CHECK(failed({true, "", "", ""}).kind == base::ErrorKind::environment);
  CHECK(
      failed({false, "57P01", "terminating connection due to administrator command", ""}).message ==
      failed({true, "", "", ""}).message);
  CHECK(failed({false, "53100", "no space", ""}).kind == base::ErrorKind::environment);
  CHECK(failed({false, "42601", "syntax error", ""}).kind == base::ErrorKind::internal);
  CHECK(failed({false, "", "select() failed: Cannot allocate memory", ""}).kind ==
        base::ErrorKind::environment);
  CHECK(failed({false, "2BP01", "other objects depend on it", "view v"}).message ==
        "cannot load orders into postgresql://h/d: other objects depend on it: view v (drop what "
        "was built on the table, run again, build it anew)");
}
