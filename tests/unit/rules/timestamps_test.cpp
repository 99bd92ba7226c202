// SPDX-License-Identifier: Apache-2.0
#include "rules/timestamps.hpp"

#include <doctest/doctest.h>

using namespace std::chrono;

TEST_CASE("ISO times are read with fractions and offsets") {
  const core::WallTime noon = sys_days(year(2024) / 2 / 29) + hours(12);
  const auto at = [](const char* text) { return rules::moment_of(text).value().at; };
  CHECK(at("2024-02-29T12:00:00Z") == noon);
  CHECK(at("2024-02-29 12:00") == noon);
  CHECK(at("2024-02-29T12:00:00.25") == noon + milliseconds(250));
  CHECK(at("2024-02-29T12:00:00.123456789Z") == noon + milliseconds(123));
  CHECK(at("2024-02-29T14:30:00+02:30") == noon);
  CHECK(at("2024-02-29T05:00:00-0700") == noon);
  CHECK(at("2024-02-29T13:00+01") == noon);
  CHECK(at("2024-02-29") == noon - hours(12));
  CHECK_FALSE(rules::moment_of("2023-02-29"));
  CHECK_FALSE(rules::moment_of("yesterday"));
}

TEST_CASE("numbers count as a time only with the digits of the present") {
  const core::WallTime time = sys_seconds(seconds(1'718'445'000));
  CHECK(rules::epoch_of("1718445000") == time);
  CHECK(rules::epoch_of("1718445000000") == time);
  CHECK(rules::epoch_of("1718445000.75") == time);
  CHECK_FALSE(rules::epoch_of("171844500"));
  CHECK_FALSE(rules::epoch_of("-1718445000"));
  CHECK_FALSE(rules::epoch_of("1718445000e1"));
  CHECK_FALSE(rules::epoch_of("2024-06-15"));
}

TEST_CASE("leaves of a state carry their pointer and text") {
  const auto leaves = rules::leaves_of(R"({ "a/b" : {"c":[1,{"d":"x\n"}]}, "e":null, "f":{} })");
  REQUIRE(leaves.size() == 3);
  CHECK(leaves[0].pointer == "/a~1b/c/0");
  CHECK(leaves[0].text == "1");
  CHECK(leaves[1].pointer == "/a~1b/c/1/d");
  CHECK(leaves[1].text == "x\n");
  CHECK(leaves[2].kind == core::JsonKind::null);
  CHECK(rules::leaf_at(leaves, "/e") == &leaves[2]);
  CHECK(rules::leaf_at(leaves, "/f") == nullptr);
  CHECK(rules::leaves_of("\"text\"").at(0).pointer.empty());
  CHECK(rules::leaves_of("{broken").empty());
  CHECK(rules::leaves_of(R"({"a":1})", 3).empty());
}
