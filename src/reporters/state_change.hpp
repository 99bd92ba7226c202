// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace reporters {

// What changed from one state to the next, in at most `width` columns: "seq: 39 → 79", "+token",
// "-page", "unchanged"; a state that is no object is shown whole.
std::string state_change(std::string_view before, std::string_view after, std::size_t width);

}  // namespace reporters
