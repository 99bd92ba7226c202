// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/check.hpp"
#include "reporters/style.hpp"

#include <string>
#include <vector>

namespace reporters {

// The checks of a suite, a line each: "  ok  historical sync", with the target above where there
// are several. Empty when there is none.
std::string checks_text(const std::vector<core::Check>& checks, const Style& style);

}  // namespace reporters
