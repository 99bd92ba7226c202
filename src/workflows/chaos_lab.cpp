// SPDX-License-Identifier: Apache-2.0
#include "workflows/chaos_lab.hpp"

#include "engine/runner.hpp"

#include <utility>

#include <fmt/format.h>

namespace workflows {
namespace {

using core::Outcome;

// Disturbed syncs are nobody's to watch: what they show is told by the matrix.
class Silence final : public core::Reporter {
 public:
  void on_event(const core::Event&) override {}
};

// A sync may need the whole way again after each fault; beyond that it goes round in circles.
std::uint64_t most_calls(int usual) {
  return 3 * static_cast<std::uint64_t>(usual) + 20;
}

constexpr int kFailures = 3;  // syncs in a row that fail without one page

std::string last_error(const core::SyncReport& sync) {
  if (sync.calls.empty()) return "";
  const core::CallReport& call = sync.calls.back();
  return call.error.empty() ? "its answer was rejected" : call.error;
}

}  // namespace

LabConnection::LabConnection(Lab& lab, engine::Settings settings, FaultPlan plan, int usual_calls)
    : lab_(lab),
      settings_(std::move(settings)),
      connector_(lab.make_connector,
                 [&] {
                   plan.calls_made = &lab.calls;
                   plan.response_limit = settings_.limits.response_bytes;
                   return plan;
                 }()),
      most_calls_(most_calls(usual_calls)) {}

base::Result<void> LabConnection::open() {
  if (destination_) return {};
  FSIM_ASSIGN(destination_, lab_.make_destination());
  return {};
}

base::Result<core::SyncReport> LabConnection::sync(std::uint64_t max_calls) {
  FSIM_TRY(open());
  Silence silence;
  engine::Settings settings = settings_;
  settings.budget = {.max_calls = max_calls};
  settings.check_idempotent = false;
  engine::Runner runner({connector_, *destination_, lab_.rules, silence, lab_.clock, lab_.new_uuid,
                         [this] { return lab_.is_over(); }, nullptr},
                        settings);
  FSIM_TRY(runner.run({}));
  core::SyncReport report = runner.report().syncs.back();
  for (const core::CallReport& call : report.calls)
    if (call.accepted) checkpoints_.push_back({call.state_after});
  syncs_.push_back(report);
  return report;
}

base::Result<std::string> LabConnection::to_the_end() {
  std::uint64_t calls = 0;
  int failures = 0;
  while (!lab_.is_over()) {
    FSIM_ASSIGN(const core::SyncReport report, sync(most_calls_ - calls));
    calls += report.call_count;
    if (report.stopped_by == "interrupted") break;
    if (report.stopped_by == "endless")
      return std::string("the same state is answered alike for ever (STA-04)");
    if (report.stopped_by == "max-calls" || calls >= most_calls_)
      return fmt::format("no end after {} calls", calls);
    if (report.outcome == Outcome::succeeded && report.stopped_by.empty()) break;
    const bool moved = !report.calls.empty() && report.calls.front().accepted;
    failures = moved ? 0 : failures + 1;
    if (failures >= kFailures) return fmt::format("sync after sync fails: {}", last_error(report));
  }
  return std::string();
}

base::Result<void> LabConnection::set_state(const core::State& state) {
  return destination_->set_state(state, lab_.clock.now());
}

base::Result<void> LabConnection::begin_anew() {
  checkpoints_.clear();
  FSIM_ASSIGN(destination_, lab_.make_destination());
  return {};
}

}  // namespace workflows
