// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/clock.hpp"
#include "core/connector.hpp"
#include "core/destination.hpp"
#include "core/reporter.hpp"
#include "core/rule.hpp"

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace support {

// Answers from a function of the request body; counts and keeps the requests.
class FakeConnector final : public core::Connector {
 public:
  using Answer = std::function<core::RawResponse(std::string_view body, int call)>;
  explicit FakeConnector(Answer answer) : answer_(std::move(answer)) {}
  // Answers with these bodies, one after the other; the last one for ever.
  explicit FakeConnector(std::vector<std::string> bodies);

  base::Result<core::RawResponse> invoke(const core::Call& call) override;
  std::string describe() const override { return "fake:"; }
  void stop() noexcept override {}

  std::vector<std::string> requests;

 private:
  Answer answer_;
};

// Keeps states and counts rows; loads nothing. `fail_at` makes that load an Error.
class FakeDestination final : public core::Destination {
 public:
  base::Result<std::optional<core::ConnectionInfo>> connection() override { return info; }
  base::Result<void> adopt(const core::ConnectionInfo& i) override;
  base::Result<std::optional<core::StoredState>> state() override { return stored; }
  base::Result<std::vector<core::StoredState>> state_history() override;
  base::Result<void> set_state(const core::State& state, core::WallTime now) override;
  base::Result<void> clear_state() override;
  base::Result<std::vector<core::Table>> tables() override { return std::vector<core::Table>{}; }
  base::Result<int> begin_sync(const std::string&, core::WallTime) override { return ++syncs; }
  base::Result<core::LoadFacts> load(const core::LoadBatch& batch) override;
  base::Result<core::QueryResult> query(std::string_view) override { return core::QueryResult{}; }
  base::Result<void> reset() override { return {}; }
  std::string describe() const override { return "fake:"; }

  std::optional<core::ConnectionInfo> info;
  std::optional<core::StoredState> stored;
  int syncs = 0, loads = 0, fail_at = 0;
  std::function<void(int load)> on_load;  // before anything else of a load
};

// Rejects what the function says; records nothing else.
class FakeRules final : public core::RuleSet {
 public:
  std::function<core::Verdict(const core::CallView&)> call;
  core::Verdict judge_call(const core::CallView& view) const override;
  std::vector<core::Finding> judge_load(const core::LoadView&) const override { return {}; }
  std::vector<core::Finding> judge_sync(const core::SyncView&) const override { return {}; }
};

class RecordingReporter final : public core::Reporter {
 public:
  void on_event(const core::Event& event) override { events.push_back(event); }
  std::vector<core::Event> events;
};

// Moves by `step` each time it is read.
class FakeClock final : public core::Clock {
 public:
  core::WallTime now() override;
  std::chrono::steady_clock::time_point steady() override;
  std::chrono::milliseconds step{0};

 private:
  std::chrono::milliseconds elapsed_{0};
};

}  // namespace support
