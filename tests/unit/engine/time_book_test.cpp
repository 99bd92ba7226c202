// SPDX-License-Identifier: Apache-2.0
#include "engine/time_book.hpp"

#include "runner_bench.hpp"

#include <doctest/doctest.h>

using core::TimeSpent;
using engine_tests::Bench;
using engine_tests::page;
using namespace std::chrono_literals;

TEST_CASE("each moment is booked once") {
  support::FakeClock clock;
  clock.step = 10ms;
  engine::TimeBook book(&clock);
  const auto begin = clock.steady();
  book.begin(begin);
  book.turn_to(&TimeSpent::connector);
  book.turn_to(&TimeSpent::parse);
  book.turn_to(&TimeSpent::load);
  const auto end = clock.steady();
  book.end(end);
  book.move(&TimeSpent::load, &TimeSpent::commit, 4ms);
  CHECK(book.spent().other == 10ms);
  CHECK(book.spent().connector == 10ms);
  CHECK(book.spent().load == 6ms);
  CHECK(book.spent().commit == 4ms);
  CHECK(book.spent().total() == end - begin);
}

TEST_CASE("without a clock nothing is measured") {
  engine::TimeBook book(nullptr);
  book.turn_to(&TimeSpent::connector);
  book.turn_to(&TimeSpent::parse);
  CHECK(book.spent().total() == 0ns);
}

TEST_CASE("the times of a sync add up to its duration") {
  Bench bench(support::FakeConnector(
      {page(R"({"n":1})", R"({"id":1})", true), page(R"({"n":2})", R"({"id":2})", false)}));
  bench.clock.step = 1ms;
  bench.settings.measure_times = true;
  REQUIRE(bench.run());
  REQUIRE(bench.sync().times);
  const TimeSpent& own = bench.sync().times->own;
  CHECK(own.total() == bench.sync().duration);
  CHECK(own.connector > 0ms);
  CHECK(own.parse > 0ms);
  CHECK(own.check > 0ms);
  CHECK(own.load > 0ms);
}

TEST_CASE("times are left out unless asked for") {
  Bench bench(support::FakeConnector({page("{}", R"({"id":1})", false)}));
  REQUIRE(bench.run());
  CHECK_FALSE(bench.sync().times);
}
