// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chaos.hpp"
#include "core/determinism.hpp"
#include "reporters/style.hpp"

#include <string>
#include <vector>

namespace reporters {

// The matrix with a line for each fault and a column for each page, what its signs mean where one
// is not "=", and what was left out. Wide matrices are broken into several blocks.
std::string chaos_text(const core::ChaosMatrix& matrix, const Style& style);
// Where answers to one state differ, with an ignore list to paste.
std::string determinism_text(const core::Determinism& determinism, const Style& style);
// The places that may differ, as a list for --ignore-field or a project file; empty when there is
// none.
std::string ignore_list(const core::Determinism& determinism);
std::string probes_text(const std::vector<core::Probe>& probes, const Style& style);

}  // namespace reporters
