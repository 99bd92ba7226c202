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
    return fail_on != Severity::off && finding.severity >= fail_on;
  };
  const auto ended = [&](Outcome outcome) {
    return std::ranges::any_of(
        syncs, [outcome](const core::SyncReport& sync) { return sync.outcome == outcome; });
  };
  if (std::ranges::any_of(findings, connector_failed)) return ExitCode::connector_failed;
  if (std::ranges::any_of(findings, counts) || ended(Outcome::failed)) return ExitCode::findings;
  if (ended(Outcome::stopped)) return ExitCode::user_limit;
  const bool called =
      std::ranges::any_of(syncs, [](const core::SyncReport& sync) { return sync.call_count > 0; });
  return called ? ExitCode::ok : ExitCode::nothing_tested;
}

}  // namespace engine
