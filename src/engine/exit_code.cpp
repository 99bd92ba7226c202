// SPDX-License-Identifier: Apache-2.0
#include "engine/exit_code.hpp"

#include <algorithm>

namespace engine {

using core::ExitCode;
using core::Outcome;
using core::Severity;

core::ExitCode exit_code(std::span<const core::Finding> findings,
                         std::span<const core::SyncReport> syncs, Severity fail_on) {
  const auto connector_failed = [](const core::Finding& finding) {
    return finding.severity == Severity::error &&
           (finding.rule.starts_with("INV-") || finding.rule == "RSP-01");
  };
  const auto counts = [fail_on](const core::Finding& finding) {
    return core::counts(finding, fail_on);
  };
  const auto ended = [&](Outcome outcome) {
    return std::ranges::any_of(
        syncs, [outcome](const core::SyncReport& sync) { return sync.outcome == outcome; });
  };
  // A setup test that was not answered is told by SET-01 alone; the connector failed all the same.
  const auto setup_test_not_answered = [](const core::SyncReport& sync) {
    return sync.kind == "setup test" && sync.outcome == Outcome::failed &&
           std::ranges::any_of(sync.calls, [](const core::CallReport& call) {
             return call.failure != core::FailureKind::none;
           });
  };
  if (std::ranges::any_of(findings, connector_failed) ||
      std::ranges::any_of(syncs, setup_test_not_answered))
    return ExitCode::connector_failed;
  if (std::ranges::any_of(findings, counts) || ended(Outcome::failed)) return ExitCode::findings;
  if (ended(Outcome::stopped)) return ExitCode::user_limit;
  const bool called =
      std::ranges::any_of(syncs, [](const core::SyncReport& sync) { return sync.call_count > 0; });
  return called ? ExitCode::ok : ExitCode::nothing_tested;
}

}  // namespace engine
