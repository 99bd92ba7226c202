// SPDX-License-Identifier: Apache-2.0
#include "engine/answers.hpp"

#include "runner_bench.hpp"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

using core::Outcome;
using engine_tests::page;
using namespace std::chrono_literals;

namespace {

// Answers from files into a fake destination.
struct Judge {
  Judge() {
    settings.limits = protocol::limits(core::Platform::aws);
    settings.call_timeout = 900s;
  }
  engine::Answers& begin(std::string state = "{}") {
    if (!answers)
      answers.emplace(engine::World{connector, destination, rules, reporter, clock,
                                    [] { return std::string("id"); }, [] { return false; }},
                      settings);
    REQUIRE(answers->begin_series(core::State{std::move(state)}));
    return *answers;
  }
  base::Result<void> add(std::string_view body) {
    core::RawResponse raw;
    raw.body.append(body);
    raw.duration = 5ms;
    core::SyncRequest request = answers->request();
    sent.push_back(request.state.json);
    return answers->add(std::move(request), 10, std::move(raw));
  }
  core::SyncReport& series(std::size_t i) { return answers->report().syncs.at(i); }

  support::FakeConnector connector{std::vector<std::string>{}};
  support::FakeDestination destination;
  support::FakeRules rules;
  support::RecordingReporter reporter;
  support::FakeClock clock;
  engine::Settings settings;
  std::vector<std::string> sent;
  std::optional<engine::Answers> answers;
};

// One that is worth a second thread.
std::string large_page(int number, bool more) {
  return page(
      R"({"n":)" + std::to_string(number) + "}",
      R"({"id":)" + std::to_string(number) + R"(,"text":")" + std::string(70'000, 'x') + R"("})",
      more);
}

}  // namespace

TEST_CASE("the answers of a series follow each other like the pages of a sync") {
  Judge judge;
  judge.begin();
  REQUIRE(judge.add(page(R"({"n":1})", R"({"id":1})", true)));
  REQUIRE(judge.add(page(R"({"n":2})", R"({"id":2})", false)));
  CHECK(judge.sent == std::vector<std::string>{"{}", R"({"n":1})"});
  CHECK(judge.series(0).kind == "historical");
  CHECK(judge.series(0).call_count == 2);
  CHECK(judge.series(0).calls.at(1).call == 2);
  CHECK(judge.series(0).connector_time == 10ms);
  CHECK(judge.series(0).state == R"({"n":2})");
  CHECK(judge.destination.loads == 2);
}

TEST_CASE("each series begins with its own state and its own history") {
  Judge judge;
  std::vector<std::size_t> known;
  judge.rules.call = [&known](const core::CallView& view) {
    known.push_back(view.history.tables.size());
    return core::Verdict{};
  };
  judge.begin();
  REQUIRE(judge.add(page(R"({"n":1})", R"({"id":1})", true)));
  REQUIRE(judge.add(page(R"({"n":2})", R"({"id":2})", false)));
  judge.begin(R"({"n":7})");
  REQUIRE(judge.add(page(R"({"n":8})", R"({"id":1})", false)));
  CHECK(known == std::vector<std::size_t>{0, 1, 0});
  CHECK(judge.sent.back() == R"({"n":7})");
  CHECK(judge.series(1).kind == "incremental");
  CHECK(judge.series(1).sync == 2);
}

TEST_CASE("a rejected answer fails its series, keeps the state and does not end it") {
  Judge judge;
  judge.rules.call = [](const core::CallView& view) {
    core::Verdict verdict;
    verdict.rejected = view.call == 1;
    return verdict;
  };
  judge.begin();
  REQUIRE(judge.add(page(R"({"n":1})", R"({"id":1})", true)));
  REQUIRE(judge.add(page(R"({"n":2})", R"({"id":2})", false)));
  CHECK(judge.sent == std::vector<std::string>{"{}", "{}"});
  CHECK(judge.series(0).outcome == Outcome::failed);
  CHECK(judge.series(0).stopped_by == "failed call");
  CHECK(judge.destination.loads == 1);
  judge.begin();
  REQUIRE(judge.add(page(R"({"n":3})", R"({"id":3})", true)));
  CHECK(judge.series(1).outcome == Outcome::failed);
  REQUIRE(judge.answers->finish());
  CHECK(judge.answers->report().outcome == Outcome::failed);
}

TEST_CASE("the answer to a setup test is judged as one and loads nothing") {
  Judge judge;
  judge.begin();
  core::SyncRequest request = judge.answers->request();
  request.setup_test = true;
  core::RawResponse raw;
  raw.body.append(page("{}", "", false));
  REQUIRE(judge.answers->add(std::move(request), 10, std::move(raw)));
  CHECK(judge.series(0).kind == "setup test");
  CHECK(judge.series(0).calls.at(0).setup_test);
  CHECK(judge.destination.loads == 0);
}

TEST_CASE("a destination that cannot be written to ends the check with its error") {
  Judge judge;
  judge.destination.fail_at = 1;
  judge.begin();
  const auto added = judge.add(page(R"({"n":1})", R"({"id":1})", true));
  REQUIRE_FALSE(added);
  CHECK(added.error().message == "cannot load the page: disk is full");
  CHECK(judge.series(0).call_count == 0);
}

TEST_CASE("the time of a series is booked, without the time between two of them") {
  Judge judge;
  judge.settings.measure_times = true;
  judge.clock.step = 10ms;
  judge.begin();
  REQUIRE(judge.add(page(R"({"n":1})", R"({"id":1})", true)));
  judge.begin();
  REQUIRE(judge.answers->finish());
  REQUIRE(judge.series(0).times);
  REQUIRE(judge.series(1).times);
  CHECK(judge.series(0).times->own.parse == 10ms);
  CHECK(judge.series(0).times->own.check == 10ms);
  CHECK(judge.series(0).times->own.load == 10ms);
  CHECK(judge.series(0).times->own.connector == 0ms);
  CHECK(judge.series(1).times->own.total() == 10ms);
}

TEST_CASE("a large answer is loaded while the next one is read, and judged before that one") {
  Judge judge;
  std::atomic<bool> went_on = false;
  std::atomic<int> loaded = 0;
  std::vector<int> loaded_when_judged;
  judge.destination.on_load = [&](int) {
    for (int i = 0; i < 20'000 && !went_on; ++i) std::this_thread::sleep_for(1ms);
    ++loaded;
  };
  judge.rules.call = [&](const core::CallView&) {
    loaded_when_judged.push_back(loaded);
    return core::Verdict{};
  };
  judge.begin();
  REQUIRE(judge.add(large_page(1, true)));
  CHECK(loaded == 0);
  went_on = true;
  REQUIRE(judge.add(large_page(2, false)));
  judge.begin(R"({"n":7})");
  REQUIRE(judge.add(large_page(8, false)));
  REQUIRE(judge.answers->finish());
  CHECK(loaded_when_judged == std::vector<int>{0, 1, 2});
  CHECK(judge.sent == std::vector<std::string>{"{}", R"({"n":1})", R"({"n":7})"});
  CHECK(judge.series(0).call_count == 2);
  CHECK(judge.series(0).state == R"({"n":2})");
  CHECK(judge.series(1).calls.at(0).call == 1);
  CHECK(judge.series(1).state == R"({"n":8})");
}

TEST_CASE("a large answer that cannot be loaded ends the check when the next one comes") {
  Judge judge;
  judge.destination.fail_at = 1;
  judge.begin();
  REQUIRE(judge.add(large_page(1, true)));
  const auto added = judge.add(large_page(2, false));
  REQUIRE_FALSE(added);
  CHECK(added.error().message == "cannot load the page: disk is full");
  judge.answers->give_up();
  CHECK(judge.series(0).call_count == 0);
  CHECK(judge.series(0).calls.empty());
}

TEST_CASE("who gives up has the answer loaded that was on its way") {
  Judge judge;
  judge.begin();
  REQUIRE(judge.add(large_page(1, true)));
  judge.answers->give_up();
  CHECK(judge.destination.loads == 1);
  CHECK(judge.series(0).call_count == 1);
}
