// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chaos.hpp"
#include "core/finding.hpp"
#include "rules/rule_set.hpp"
#include "workflows/chaos_noise.hpp"

#include <set>
#include <string>
#include <vector>

namespace workflows {

// One finding for each rule that a matrix shows to be broken. `keyless`: tables without a key,
// which keep a row as often as it was sent. `reproduce`: the command to which pages and faults are
// added.
std::vector<core::Finding> chaos_findings(const core::ChaosMatrix& matrix,
                                          const std::set<std::string>& keyless,
                                          const std::string& reproduce,
                                          const rules::Options& options);

// Of tables that a second sync did not get again.
std::vector<core::Finding> drained_findings(const std::vector<Noise::Drained>& drained,
                                            const rules::Options& options);

}  // namespace workflows
