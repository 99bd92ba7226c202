// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chaos.hpp"
#include "reporters/style.hpp"

#include <string>

namespace reporters {

// The matrix with a line for each fault and a column for each page, what its signs mean where one
// is not "=", and what was left out. Wide matrices are broken into several blocks.
std::string chaos_text(const core::ChaosMatrix& matrix, const Style& style);

}  // namespace reporters
