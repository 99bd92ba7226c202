// SPDX-License-Identifier: Apache-2.0
#include "unit/engine/runner_bench.hpp"

#include <atomic>
#include <chrono>
#include <thread>

#include <doctest/doctest.h>

using core::Outcome;
using engine_tests::Bench;
using engine_tests::page;

namespace {

// A page that is worth a second thread.
std::string large_page(int number, bool more) {
  const std::string text(70'000, 'x');
  return page(R"({"n":)" + std::to_string(number) + "}",
              R"({"id":)" + std::to_string(number) + R"(,"text":")" + text + R"("})", more);
}

// Whether `done` came true in time.
bool wait_for(const std::atomic<bool>& done) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!done && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return done;
}

core::RawResponse answer(const std::string& body) {
  core::RawResponse raw;
  raw.body.append(body);
  return raw;
}

std::string name_of(const core::Event& event) {
  if (const auto* started = std::get_if<core::CallStarted>(&event))
    return "call " + std::to_string(started->call);
  if (const auto* finished = std::get_if<core::CallFinished>(&event))
    return "end " + std::to_string(finished->call.call);
  if (const auto* line = std::get_if<core::LogLine>(&event)) return line->text;
  return "";
}

}  // namespace

TEST_CASE("a large page is loaded while the next call runs, and events keep their order") {
  std::atomic<bool> called_again = false, waited = false;
  Bench* the_bench = nullptr;
  Bench bench(support::FakeConnector([&](std::string_view, int call) {
    the_bench->logs.on_line("line " + std::to_string(call));
    if (call == 2) called_again = true;
    return answer(large_page(call, call < 3));
  }));
  the_bench = &bench;
  bench.destination.on_load = [&](int load) {
    if (load == 1) waited = wait_for(called_again);
  };
  REQUIRE(bench.run());
  CHECK(waited);
  CHECK(bench.destination.loads == 3);
  CHECK(bench.sync().call_count == 3);
  CHECK(bench.sync().state == R"({"n":3})");
  CHECK(bench.connector.requests.at(2).find(R"("state":{"n":2})") != std::string::npos);
  std::string order;
  for (const core::Event& event : bench.reporter.events)
    if (const std::string name = name_of(event); !name.empty()) order += name + ", ";
  CHECK(order == "call 1, line 1, end 1, call 2, line 2, end 2, call 3, line 3, end 3, ");
}

TEST_CASE("a load that fails behind a call keeps the state before its page") {
  Bench bench(
      support::FakeConnector({large_page(1, true), large_page(2, true), large_page(3, true)}));
  bench.destination.fail_at = 2;
  const auto ran = bench.run();
  REQUIRE_FALSE(ran);
  CHECK(ran.error().message == "cannot load the page: disk is full");
  CHECK(bench.sync().call_count == 1);
  CHECK(bench.sync().state == R"({"n":1})");
  CHECK(bench.destination.stored->state.json == R"({"n":1})");
}

TEST_CASE("limits hold for calls that run beside a load") {
  Bench bench(support::FakeConnector({large_page(1, true)}));
  SUBCASE("calls") {
    bench.settings.budget.max_calls = 2;
    REQUIRE(bench.run());
    CHECK(bench.sync().stopped_by == "max-calls");
    CHECK(bench.connector.requests.size() == 2);
  }
  SUBCASE("rows") {
    bench.settings.budget.max_rows = 2;
    REQUIRE(bench.run());
    CHECK(bench.sync().stopped_by == "max-rows");
    CHECK(bench.connector.requests.size() == 2);
  }
  CHECK(bench.sync().outcome == Outcome::stopped);
  CHECK(bench.destination.loads == 2);
}

TEST_CASE("a connector that fails beside a load loses nothing of the page before") {
  Bench bench(support::FakeConnector([](std::string_view, int call) {
    if (call == 1) return answer(large_page(1, true));
    core::RawResponse raw;
    raw.failure = core::FailureKind::exited;
    return raw;
  }));
  REQUIRE(bench.run());
  CHECK(bench.sync().outcome == Outcome::failed);
  CHECK(bench.sync().calls.size() == 2);
  CHECK(bench.destination.stored->state.json == R"({"n":1})");
}
