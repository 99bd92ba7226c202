// SPDX-License-Identifier: Apache-2.0
#include "workflows/cursor_track.hpp"
#include "workflows/json_difference.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

std::vector<std::string> differences(std::string_view a, std::string_view b) {
  std::vector<std::string> found;
  workflows::compare_json(
      a, b,
      [&](const std::string& pointer, std::string_view x, std::string_view y, bool order_only) {
        found.push_back(pointer + " " + std::string(x) + " " + std::string(y) +
                        (order_only ? " order" : ""));
      });
  return found;
}

std::vector<core::CallReport> calls(const std::vector<std::string>& states) {
  std::vector<core::CallReport> made;
  for (const std::string& state : states) {
    core::CallReport& call = made.emplace_back();
    call.accepted = true;
    call.state_after = state;
  }
  return made;
}

}  // namespace

TEST_CASE("answers are compared by pointer; the order of keys says nothing") {
  CHECK(differences(R"({"a":1,"b":[1,2]})", R"({ "b": [1, 2], "a": 1 })").empty());
  CHECK(differences(R"({"a":[{"x":1},{"x":2}]})", R"({"a":[{"x":1},{"x":3}]})") ==
        std::vector<std::string>{"/a/1/x 2 3"});
  CHECK(differences(R"([{"x":1,"y":2},3])", R"([3,{"y":2,"x":1}])") ==
        std::vector<std::string>{R"( [{"x":1,"y":2},3] [3,{"y":2,"x":1}] order)"});
  CHECK(differences(R"({"a":1})", R"({"b":1})") == std::vector<std::string>{"/a 1 ", "/b  1"});
  CHECK(differences("[1]", "[1,2]") == std::vector<std::string>{" [1] [1,2]"});
  CHECK(differences("no json", "no json").empty());
  CHECK(differences("12345678901234567890", "12345678901234567891").size() == 1);
}

TEST_CASE("cursors are values that move forward and never back") {
  const auto tracks = workflows::cursor_tracks(
      calls({R"({"n":1,"at":"2024-01-01T00:00:00Z","back":9,"still":4,"name":"x"})",
             R"({"n":1,"at":"2024-01-02T00:00:00Z","back":8,"still":4,"name":"y"})",
             R"({"n":5,"at":"2024-01-03T00:00:00Z","back":9,"still":4,"name":"z"})"}));
  REQUIRE(tracks.size() == 2);
  CHECK(tracks[0].pointer == "/at");
  CHECK(tracks[0].is_time);
  CHECK(tracks[0].values[1] - tracks[0].values[0] == 86'400'000);
  CHECK(tracks[1].pointer == "/n");
  CHECK(tracks[1].texts.back() == "5");
  CHECK(workflows::cursor_tracks({}).empty());
}

TEST_CASE("a cursor is moved in the form it was written in") {
  const auto moved = [](const std::string& state, const std::string& pointer, bool time,
                        std::int64_t by) {
    return workflows::with_moved_cursor({state}, {.pointer = pointer, .is_time = time}, by)
        .value_or(core::State{"none"})
        .json;
  };
  CHECK(moved(R"({"a":[{"n":7}],"b":1.50})", "/a/0/n", false, -1) == R"({"a":[{"n":6}],"b":1.50})");
  CHECK(moved(R"({"n":0})", "/n", false, -1) == "none");
  CHECK(moved(R"({"t":"2024-03-01T00:00:00.250+02:00"})", "/t", true, -1000) ==
        R"({"t":"2024-02-29T23:59:59.250+02:00"})");
  CHECK(moved(R"({"t":"2024-03-01"})", "/t", true, -1000) == R"({"t":"2024-02-29"})");
  CHECK(moved(R"({"t":"2024-03-01"})", "/u", true, -1000) == "none");
}
