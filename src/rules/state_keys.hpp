// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/rule.hpp"

#include <string>

namespace rules {

// Keys of the state that came in the place of others with this call and are dates, numbers or
// UUIDs: values where names were meant.
struct DynamicKeys {
  std::string text;            // "`2024-01-01` in the place of `2023-12-31`"
  bool same_as_value = false;  // {"2024-01-01": "2024-01-01"}: surely not meant
  bool empty() const noexcept { return text.empty(); }
};
DynamicKeys dynamic_keys(const core::CallView& view);

}  // namespace rules
