// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/runner.hpp"
#include "support/fakes.hpp"

#include <optional>
#include <string>
#include <utility>

namespace engine_tests {

// A response with these rows of a table `t`.
inline std::string page(const std::string& state, const std::string& rows, bool more) {
  return R"({"state":)" + state + R"(,"insert":{"t":[)" + rows +
         R"(]},"schema":{"t":{"primary_key":["id"]}},)" + R"("hasMore":)" +
         (more ? "true" : "false") + "}";
}

// A run of a fake connector into a fake destination.
struct Bench {
  explicit Bench(support::FakeConnector c) : connector(std::move(c)) {
    settings.limits = protocol::limits(core::Platform::aws);
    settings.agent = "agent";
    settings.call_timeout = std::chrono::seconds(900);
  }
  base::Result<void> run(const engine::RunPlan& plan = {}) {
    runner.emplace(engine::World{connector, destination, rules, reporter, clock,
                                 [this] { return "id-" + std::to_string(++ids); },
                                 [this] { return interrupted; }, nullptr, &logs},
                   settings);
    return runner->run(plan);
  }
  const core::SyncReport& sync(std::size_t i = 0) const { return runner->report().syncs.at(i); }

  support::FakeConnector connector;
  support::FakeDestination destination;
  support::FakeRules rules;
  support::RecordingReporter reporter;
  engine::LogOrder logs{reporter};
  support::FakeClock clock;
  engine::Settings settings;
  int ids = 0;
  bool interrupted = false;
  std::optional<engine::Runner> runner;
};

}  // namespace engine_tests
