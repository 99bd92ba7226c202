// SPDX-License-Identifier: Apache-2.0
#include "engine/exit_code.hpp"
#include "unit/engine/runner_bench.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using core::Outcome;
using engine_tests::Bench;
using engine_tests::page;

namespace {

// A verdict that rejects answers without a state, as the real rules do.
core::Verdict need_state(const core::CallView& view) {
  core::Verdict verdict;
  if (view.response == nullptr || !view.response->state.present()) {
    core::Finding finding;
    finding.rule = view.response == nullptr ? "INV-01" : "STA-01";
    finding.severity = core::Severity::error;
    verdict.findings.push_back(finding);
    verdict.rejected = true;
  }
  return verdict;
}

}  // namespace

TEST_CASE("a sync follows hasMore and hands each state on byte for byte") {
  Bench bench(support::FakeConnector(
      {page(R"({ "n" : 1.0 })", R"({"id":1})", true), page(R"({"n":2})", "", false)}));
  REQUIRE(bench.run());
  REQUIRE(bench.connector.requests.size() == 2);
  CHECK(bench.connector.requests[0] ==
        R"({"agent":"agent","state":{},"secrets":{},"sync_id":"id-1"})");
  CHECK(bench.connector.requests[1] ==
        R"({"agent":"agent","state":{ "n" : 1.0 },"secrets":{},"sync_id":"id-1"})");
  CHECK(bench.sync().kind == "historical");
  CHECK(bench.sync().outcome == Outcome::succeeded);
  CHECK(bench.sync().state == R"({"n":2})");
  CHECK(bench.destination.stored->state.json == R"({"n":2})");
}

TEST_CASE("the next sync goes on from the stored state with a new sync_id") {
  Bench bench(support::FakeConnector({page(R"({"n":1})", R"({"id":1})", false)}));
  REQUIRE(bench.run({.syncs = 2}));
  CHECK(bench.connector.requests.at(1) ==
        R"({"agent":"agent","state":{"n":1},"secrets":{},"sync_id":"id-2"})");
  CHECK(bench.sync(1).kind == "incremental");
  REQUIRE(bench.run({.full_refresh = true}));
  CHECK(bench.connector.requests.at(2).find(R"("state":{},)") != std::string::npos);
}

TEST_CASE("a failed call keeps the state and rows of the earlier pages") {
  Bench bench(support::FakeConnector([](std::string_view, int call) {
    core::RawResponse raw;
    if (call == 1) {
      raw.body.append(page(R"({"n":1})", R"({"id":1})", true));
    } else {
      raw.failure = core::FailureKind::function_error;
      raw.error_type = "ValueError";
      raw.error_message = "boom";
    }
    return raw;
  }));
  bench.rules.call = need_state;
  REQUIRE(bench.run());
  CHECK(bench.sync().outcome == Outcome::failed);
  CHECK(bench.sync().calls.at(1).error == "ValueError : boom");
  CHECK_FALSE(bench.sync().calls.at(1).accepted);
  CHECK(bench.destination.stored->state.json == R"({"n":1})");
  CHECK(bench.destination.loads == 1);
  CHECK(engine::exit_code(bench.runner->report().findings, bench.runner->report().syncs,
                          core::Severity::error) == core::ExitCode::connector_failed);
}

TEST_CASE("a crash in the setup test is a failed connector, an answer that fails it a finding") {
  core::SyncReport test;
  test.kind = "setup test";
  test.outcome = Outcome::failed;
  test.call_count = 1;
  test.calls.emplace_back();
  CHECK(engine::exit_code({}, {&test, 1}, core::Severity::error) == core::ExitCode::findings);
  test.calls.back().failure = core::FailureKind::function_error;
  CHECK(engine::exit_code({}, {&test, 1}, core::Severity::error) ==
        core::ExitCode::connector_failed);
  test.outcome = Outcome::succeeded;  // the second test only informs
  CHECK(engine::exit_code({}, {&test, 1}, core::Severity::error) == core::ExitCode::ok);
}

TEST_CASE("a rejected response is not loaded and ends the sync") {
  Bench bench(
      support::FakeConnector({std::string(R"({"insert":{"t":[{"id":1}]},"hasMore":true})")}));
  bench.rules.call = need_state;
  REQUIRE(bench.run({.syncs = 3}));
  CHECK(bench.destination.loads == 0);
  CHECK(bench.runner->report().syncs.size() == 1);
  CHECK(engine::exit_code(bench.runner->report().findings, bench.runner->report().syncs,
                          core::Severity::error) == core::ExitCode::findings);
}

TEST_CASE("limits of the user stop a sync, six hours end it well") {
  const std::vector<std::string> endless = {page(R"({"n":1})", R"({"id":1})", true),
                                            page(R"({"n":2})", R"({"id":2})", true)};
  SUBCASE("calls") {
    Bench bench((support::FakeConnector(endless)));
    bench.settings.budget.max_calls = 2;
    REQUIRE(bench.run());
    CHECK(bench.connector.requests.size() == 2);
    CHECK(bench.sync().stopped_by == "max-calls");
    CHECK(engine::exit_code({}, bench.runner->report().syncs, core::Severity::error) ==
          core::ExitCode::user_limit);
  }
  SUBCASE("rows") {
    Bench bench((support::FakeConnector(endless)));
    bench.settings.budget.max_rows = 1;
    REQUIRE(bench.run());
    CHECK(bench.connector.requests.size() == 1);
    CHECK(bench.sync().stopped_by == "max-rows");
  }
  SUBCASE("time") {
    Bench bench((support::FakeConnector(endless)));
    bench.settings.budget.max_time = std::chrono::seconds(3);
    bench.clock.step = std::chrono::seconds(1);
    REQUIRE(bench.run());
    CHECK(bench.sync().stopped_by == "max-time");
  }
  SUBCASE("six hours") {
    Bench bench((support::FakeConnector(endless)));
    bench.clock.step = std::chrono::hours(2);
    REQUIRE(bench.run());
    CHECK(bench.sync().stopped_by == "six hours");
    CHECK(bench.sync().outcome == Outcome::succeeded);
  }
  SUBCASE("Ctrl-C") {
    Bench bench((support::FakeConnector(endless)));
    bench.interrupted = true;
    REQUIRE(bench.run());
    CHECK(bench.connector.requests.empty());
    CHECK(bench.sync().outcome == Outcome::stopped);
  }
}

TEST_CASE(
    "a state that returns with the same answers is endless; with changing answers it is not") {
  SUBCASE("same state for ever") {
    Bench bench(support::FakeConnector({page("{}", R"({"id":1})", true)}));
    REQUIRE(bench.run());
    CHECK(bench.sync().stopped_by == "endless");
    CHECK(bench.sync().outcome == Outcome::failed);
    CHECK(bench.connector.requests.size() <= 4);
  }
  SUBCASE("a cycle of three") {
    Bench bench(support::FakeConnector([](std::string_view, int call) {
      core::RawResponse raw;
      const std::string n = std::to_string(call % 3);
      raw.body.append(page("{\"n\":" + n + "}", "{\"id\":" + n + "}", true));
      return raw;
    }));
    REQUIRE(bench.run());
    CHECK(bench.sync().stopped_by == "endless");
    CHECK(bench.connector.requests.size() <= 20);
  }
  SUBCASE("a queue that is drained") {
    Bench bench(support::FakeConnector([](std::string_view, int call) {
      core::RawResponse raw;
      raw.body.append(page("{}", "{\"id\":" + std::to_string(call) + "}", call < 50));
      return raw;
    }));
    REQUIRE(bench.run());
    CHECK(bench.sync().outcome == Outcome::succeeded);
    CHECK(bench.connector.requests.size() == 50);
  }
}

TEST_CASE("setup tests come first, the second without state, and load nothing") {
  Bench bench(support::FakeConnector({page("{}", "", false)}));
  REQUIRE(bench.run({.setup_test = true}));
  REQUIRE(bench.connector.requests.size() == 3);
  CHECK(bench.connector.requests[0] ==
        R"({"agent":"agent","state":{},"secrets":{},"sync_id":"id-1","setup_test":true})");
  CHECK(bench.connector.requests[1] ==
        R"({"agent":"agent","secrets":{},"sync_id":"id-2","setup_test":true})");
  CHECK(bench.destination.loads == 1);
}

TEST_CASE("a failing setup test ends the run before any sync") {
  Bench bench(support::FakeConnector({std::string("{}")}));
  bench.rules.call = need_state;
  REQUIRE(bench.run({.setup_test = true}));
  CHECK(bench.connector.requests.size() == 1);
  CHECK(bench.destination.loads == 0);
  CHECK(bench.runner->report().outcome == Outcome::failed);
}

TEST_CASE("an error of our own world keeps the report of what came before") {
  Bench bench(support::FakeConnector({page(R"({"n":1})", R"({"id":1})", true)}));
  bench.destination.fail_at = 2;
  const auto ran = bench.run();
  REQUIRE_FALSE(ran);
  CHECK(ran.error().message == "cannot load the page: disk is full");
  CHECK(bench.sync().call_count == 1);
}

TEST_CASE("a request above the platform's limit is not sent") {
  Bench bench(support::FakeConnector({page("{}", "", false)}));
  bench.settings.limits.request_bytes = 10;
  bench.rules.call = need_state;
  REQUIRE(bench.run());
  CHECK(bench.connector.requests.empty());
  CHECK(bench.sync().calls.at(0).failure == core::FailureKind::request_too_large);
}

TEST_CASE("check_idempotent sends each request twice and shows both answers to the rules") {
  Bench bench(support::FakeConnector(
      {page(R"({"n":1})", R"({"id":1})", false), page(R"({"n":1})", R"({"id":2})", false)}));
  bench.settings.check_idempotent = true;
  bool compared = false;
  bench.rules.call = [&compared](const core::CallView& view) {
    compared = view.repeat != nullptr && view.repeat->body.view() != view.response->body.view();
    return core::Verdict{};
  };
  REQUIRE(bench.run());
  CHECK(compared);
  CHECK(bench.connector.requests.size() == 2);
  CHECK(bench.connector.requests[0] == bench.connector.requests[1]);
  CHECK(bench.destination.loads == 1);
}

TEST_CASE("repeats of a finding are folded into the first with the evidence of three") {
  support::RecordingReporter reporter;
  engine::FindingLog log(reporter);
  for (int call = 1; call <= 5; ++call) {
    core::Finding finding;
    finding.rule = "ROW-04";
    finding.table = "t";
    finding.message = "message " + std::to_string(call);
    finding.evidence = {"row " + std::to_string(call)};
    log.add({finding}, 1, call);
  }
  REQUIRE(log.findings().size() == 1);
  CHECK(log.findings()[0].count == 5);
  CHECK(log.findings()[0].call == 1);
  CHECK(log.findings()[0].evidence ==
        std::vector<std::string>{"row 1", "again in call 2: message 2", "row 2",
                                 "again in call 3: message 3", "row 3"});
  CHECK(reporter.events.size() == 1);
}

TEST_CASE("findings about different subjects stay apart, up to a limit") {
  support::RecordingReporter reporter;
  engine::FindingLog log(reporter);
  for (int i = 0; i < 50; ++i) {
    core::Finding finding;
    finding.rule = "RSP-05";
    finding.subject = std::to_string(i % 25);
    log.add({finding}, 1, i + 1);
  }
  REQUIRE(log.findings().size() == 20);
  CHECK(log.findings()[1].count == 2);
  CHECK(log.findings()[0].count == 2 + 2 * 5);
}

TEST_CASE("a folded finding keeps each place it was seen at, without row numbers") {
  support::RecordingReporter reporter;
  engine::FindingLog log(reporter);
  for (const auto& [pointer, about] :
       {std::pair{"/insert/t/1", "id"}, std::pair{"/insert/t/22", "id"},
        std::pair{"/insert/t/3", "site"}}) {
    core::Finding finding;
    finding.rule = "ROW-01";
    finding.table = "t";
    finding.pointer = pointer;
    finding.about = about;
    log.add({finding}, 1, 1);
  }
  CHECK(log.findings().at(0).places ==
        std::vector<std::string>{"/insert/t/* id", "/insert/t/* site"});
}

TEST_CASE("a pardoned finding does not count, what it made fail does") {
  core::SyncReport sync;
  sync.call_count = 1;
  core::Finding finding;
  finding.rule = "ROW-01";
  finding.severity = core::Severity::error;
  const auto code = [&] {
    return engine::exit_code({&finding, 1}, {&sync, 1}, core::Severity::error);
  };
  CHECK(code() == core::ExitCode::findings);
  finding.pardon = core::Pardon::waived;
  CHECK(code() == core::ExitCode::ok);
  sync.outcome = Outcome::failed;
  CHECK(code() == core::ExitCode::findings);
  finding.rule = "INV-01";
  CHECK(code() == core::ExitCode::connector_failed);
}

TEST_CASE("the destination learns whose data it holds with the first loaded page, not before") {
  Bench bench(support::FakeConnector({std::string("{}"), page(R"({"n":1})", "", false)}));
  bench.rules.call = need_state;
  bench.settings.claim = core::ConnectionInfo{"python:a.py:f"};
  REQUIRE(bench.run());
  CHECK_FALSE(bench.destination.info);
  REQUIRE(bench.run());
  REQUIRE(bench.destination.info);
  CHECK(bench.destination.info->target == "python:a.py:f");
}

TEST_CASE("a finding of a call says how to make that call again") {
  Bench bench(support::FakeConnector({page(R"({"n":1})", R"({"id":1})", true), std::string("{}")}));
  bench.rules.call = need_state;
  bench.settings.reproduce = "fivetran-sim invoke t";
  REQUIRE(bench.run());
  REQUIRE(bench.runner->report().findings.size() == 1);
  CHECK(bench.runner->report().findings[0].reproduce ==
        R"(fivetran-sim invoke t --state '{"n":1}')");
}
