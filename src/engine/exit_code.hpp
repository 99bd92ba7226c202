// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "core/report.hpp"

#include <span>

namespace engine {

// The exit code that findings and outcome call for, with design §2's precedence 3 > 1 > 5 > 6 > 0:
// a call that failed, one of a setup test included, or an unreadable answer (INV-* and RSP-01 as
// errors) 3; a finding at or above `fail_on`, or a sync that failed, 1; no call made 5; stopped by
// a limit of the user 6.
// `fail_on` off: findings never count, a failed sync still does. A pardoned finding does not count
// either, but what it made fail stays failed: a connector that crashed 3, a rejected response 1.
core::ExitCode exit_code(std::span<const core::Finding> findings,
                         std::span<const core::SyncReport> syncs, core::Severity fail_on);

}  // namespace engine
