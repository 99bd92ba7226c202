// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/collision.hpp"
#include "reporters/style.hpp"

#include <string>

namespace reporters {

// The two rows beneath each other, those columns first in which they differ, marked with ≠; as many
// columns as the width holds. Indented by six.
std::string collision_text(const core::Collision& collision, const Style& style);

}  // namespace reporters
