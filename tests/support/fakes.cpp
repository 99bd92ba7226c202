// SPDX-License-Identifier: Apache-2.0
#include "support/fakes.hpp"

#include <algorithm>

namespace support {

FakeConnector::FakeConnector(std::vector<std::string> bodies)
    : answer_([bodies = std::move(bodies)](std::string_view, int call) {
        core::RawResponse raw;
        const auto last = static_cast<int>(bodies.size()) - 1;
        raw.body.append(bodies[static_cast<std::size_t>(std::min(call - 1, last))]);
        return raw;
      }) {}

base::Result<core::RawResponse> FakeConnector::invoke(const core::Call& call) {
  requests.emplace_back(call.body);
  return answer_(call.body, static_cast<int>(requests.size()));
}

base::Result<void> FakeDestination::adopt(const core::ConnectionInfo& i) {
  info = i;
  return {};
}

base::Result<std::vector<core::StoredState>> FakeDestination::state_history() {
  return std::vector<core::StoredState>{};
}

base::Result<void> FakeDestination::set_state(const core::State& state, core::WallTime now) {
  stored = core::StoredState{.state = state, .at = now};
  return {};
}

base::Result<void> FakeDestination::clear_state() {
  stored.reset();
  return {};
}

base::Result<core::LoadFacts> FakeDestination::load(const core::LoadBatch& batch) {
  if (on_load) on_load(loads + 1);
  if (++loads == fail_at)
    return base::fail(base::ErrorKind::environment, "cannot load the page: disk is full");
  stored = core::StoredState{.state = batch.new_state, .sync = batch.sync, .call = batch.call};
  core::LoadFacts facts;
  for (const core::TableRows& rows : batch.response.inserts)
    facts.tables.push_back({.table = std::string(rows.name),
                            .stored = std::string(rows.name),
                            .inserted = rows.rows()});
  return facts;
}

core::Verdict FakeRules::judge_call(const core::CallView& view) const {
  return call ? call(view) : core::Verdict{};
}

core::WallTime FakeClock::now() {
  return core::WallTime{} + elapsed_;
}

std::chrono::steady_clock::time_point FakeClock::steady() {
  elapsed_ += step;
  return std::chrono::steady_clock::time_point{} + elapsed_;
}

}  // namespace support
