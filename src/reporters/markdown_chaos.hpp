// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chaos.hpp"

#include <string>

namespace reporters {

// The matrix as tables of faults by pages, what its signs mean, and the disturbed syncs that came
// out otherwise with their rows. Of very many pages and differences the first ones are shown and
// the others counted.
std::string markdown_chaos(const core::ChaosMatrix& matrix);

}  // namespace reporters
