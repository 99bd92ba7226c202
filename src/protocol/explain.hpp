// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sync_response.hpp"

#include <optional>
#include <string_view>

namespace protocol {

// The slow path for a broken body: where it stops being JSON, what was expected there, the text
// around it and, where the cause is a usual one, a hint. None when `body` is valid JSON.
std::optional<core::SyntaxFault> explain(std::string_view body);

}  // namespace protocol
