// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace protocol {

// The steps from the root of a JSON document to the value (or key) at an offset: {"insert",
// "orders", "17", "note"}. Keys are as they stand in the text, escapes untouched.
using Steps = std::vector<std::string>;

// The steps to each of the offsets, which ascend, in one pass. `json` must be valid; for what
// follows a fault the steps are as far as they were understood.
std::vector<Steps> locate(std::string_view json, std::span<const std::size_t> offsets);

}  // namespace protocol
