// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "connectors/target.hpp"
#include "core/report.hpp"

namespace cli {

// `chaos` on the session's connector, which `target` names, as the arguments say. The undisturbed
// sync runs in `world`; what was found is added to the report.
base::Result<void> disturb(Session& session, const Arguments& args,
                           const connectors::Target& target, const engine::World& world,
                           core::Report& report);

}  // namespace cli
