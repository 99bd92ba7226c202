// SPDX-License-Identifier: Apache-2.0
#include "core/history.hpp"

#include <vector>

#include <doctest/doctest.h>

namespace {

// Feeds a list of (state, response) numbers and gives the first proven cycle's position and period.
struct Found {
  int at = 0, period = 0;
};
Found first_proven(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& calls) {
  core::CycleWatch watch;
  int at = 0;
  for (const auto& [state, response] : calls) {
    ++at;
    const auto cycle = watch.absorb({state, 0}, {response, 0});
    if (cycle && cycle->proven) return {at, cycle->period};
  }
  return {};
}

}  // namespace

TEST_CASE("an unchanged state is seen at once and proven when it answered alike twice") {
  core::CycleWatch watch;
  CHECK_FALSE(watch.absorb({1, 0}, {7, 0}));
  const auto second = watch.absorb({1, 0}, {7, 0});
  REQUIRE(second);
  CHECK(second->period == 1);
  CHECK_FALSE(second->proven);
  const auto third = watch.absorb({1, 0}, {7, 0});
  REQUIRE(third);
  CHECK(third->proven);
}

TEST_CASE("cycles of any length are found after any start") {
  for (const int start : {0, 1, 5, 40}) {
    for (const int period : {1, 2, 3, 7, 30}) {
      std::vector<std::pair<std::uint64_t, std::uint64_t>> calls;
      for (int i = 0; i < start; ++i) calls.push_back({1000u + static_cast<unsigned>(i), 1});
      for (int i = 0; i < 8 * (start + period); ++i)
        calls.push_back({static_cast<unsigned>(i % period), static_cast<unsigned>(i % period)});
      CAPTURE(start);
      CAPTURE(period);
      const Found found = first_proven(calls);
      CHECK(found.period == period);
      CHECK(found.at <= 6 * (start + period) + 4);
    }
  }
}

TEST_CASE("a state that returns with other answers is never proven") {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> calls;
  for (unsigned i = 0; i < 200; ++i) calls.push_back({i % 4, i});
  CHECK(first_proven(calls).at == 0);
}

TEST_CASE("states that all differ are no cycle") {
  core::CycleWatch watch;
  for (std::uint64_t i = 0; i < 1000; ++i) CHECK_FALSE(watch.absorb({i, i}, {1, 1}));
}
