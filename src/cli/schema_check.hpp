// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/arguments.hpp"
#include "core/report.hpp"
#include "workflows/schema_lock.hpp"

#include <string_view>
#include <vector>

namespace cli {

// The rule that tells of such a difference: CON-04 and its siblings.
std::string_view rule_of(workflows::DriftKind kind);

// Whether something frozen changed.
bool is_broken(const std::vector<workflows::SchemaDrift>& drifts);

// The differences as findings, with the severity that the contract's word gives them: an error for
// freeze, a warning for warn, a note for evolve. Rules that --select and --ignore leave out give
// none.
std::vector<core::Finding> drift_findings(const std::vector<workflows::SchemaDrift>& drifts,
                                          const Arguments& args);

}  // namespace cli
