// SPDX-License-Identifier: Apache-2.0
#include "destinations/cell.hpp"

#include "protocol/classify.hpp"

#include <doctest/doctest.h>

using core::ColumnType;
using core::JsonKind;
using destinations::Cell;
using destinations::CellForm;

namespace {

core::Value value(JsonKind kind, std::string_view text) {
  core::Value made;
  made.data = text.data();
  made.size = static_cast<std::uint32_t>(text.size());
  made.kind = kind;
  if (kind == JsonKind::number) made.type = protocol::classify_number(text);
  if (kind == JsonKind::string) made.type = protocol::classify_string(text);
  if (kind == JsonKind::boolean) made.type = ColumnType::boolean;
  return made;
}

// The text that a value has once it is stored in a column of that type.
std::string stored(const core::Value& sent, ColumnType type) {
  std::string scratch;
  Cell cell;
  destinations::store(sent, type, scratch, cell);
  return destinations::text_of(cell, type).value_or("NULL");
}

bool found(const core::Value& sent, ColumnType type) {
  std::string scratch;
  Cell cell;
  return destinations::store_for_lookup(sent, type, scratch, cell);
}

}  // namespace

TEST_CASE("values are stored in the form of their column") {
  using enum ColumnType;
  CHECK(stored(value(JsonKind::number, "7"), short_integer) == "7");
  CHECK(stored(value(JsonKind::number, "-0"), short_integer) == "0");
  CHECK(stored(value(JsonKind::number, "7"), double_float) == "7");
  CHECK(stored(value(JsonKind::number, "1.50"), decimal) == "1.5");
  CHECK(stored(value(JsonKind::number, "1.50"), string) == "1.5");
  CHECK(stored(value(JsonKind::number, "-0"), string) == "0");
  CHECK(stored(value(JsonKind::number, "0.12345678901234567890"), string) ==
        "0.1234567890123456789");
  CHECK(stored(value(JsonKind::number, "1.50"), json) == "1.5");
  CHECK(stored(value(JsonKind::boolean, "true"), boolean) == "true");
  CHECK(stored(value(JsonKind::boolean, "false"), string) == "false");
  CHECK(stored(value(JsonKind::string, "a\"b"), json) == R"("a\"b")");
  CHECK(stored(value(JsonKind::string, "2024-03-01 07:05"), local_date_time) ==
        "2024-03-01T07:05:00");
  CHECK(stored(value(JsonKind::string, "2024-03-01"), instant) == "2024-03-01T00:00:00Z");
  CHECK(stored(value(JsonKind::string, "2024-03-01 07:05"), string) == "2024-03-01 07:05");
  CHECK(stored(value(JsonKind::null, ""), string) == "NULL");
}

TEST_CASE("a key finds what is equal to it and nothing else") {
  using enum ColumnType;
  const auto number = [](std::string_view text) { return value(JsonKind::number, text); };
  const auto text = [](std::string_view t) { return value(JsonKind::string, t); };
  CHECK(found(text("1"), short_integer));
  CHECK(found(number("1.0"), long_integer));
  CHECK_FALSE(found(text("01"), short_integer));
  CHECK_FALSE(found(text(""), short_integer));
  CHECK_FALSE(found(text("99999999999999999999"), long_integer));
  CHECK_FALSE(found(number("1.5"), integer));
  CHECK(found(number("1"), double_float));
  CHECK(found(number("1000000000000000"), double_float));
  CHECK_FALSE(found(number("9007199254740993"), double_float));
  CHECK(found(text("0.5"), double_float));
  CHECK_FALSE(found(text("0.50"), double_float));
  CHECK(found(text("true"), boolean));
  CHECK_FALSE(found(text("TRUE"), boolean));
  CHECK_FALSE(found(value(JsonKind::boolean, "true"), short_integer));
  CHECK(found(number("5"), string));
}

TEST_CASE("a cell that finds nothing holds its text for messages") {
  std::string scratch;
  Cell cell;
  CHECK_FALSE(destinations::store_for_lookup(value(JsonKind::string, "01"),
                                             ColumnType::short_integer, scratch, cell));
  CHECK(destinations::text_of(cell, ColumnType::short_integer) == "01");
}
