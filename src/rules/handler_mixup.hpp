// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/raw_response.hpp"

#include <string_view>

namespace rules {

// What to change when a failed call looks like a function for Google Cloud or Azure that was called
// as a Lambda handler, or the reverse; empty for other failures. Concluded from the error's text
// and the log.
std::string_view mixup_fix(const core::RawResponse& raw);

}  // namespace rules
