// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace rules {

// The whole catalogue as docs/rules.md, by family.
std::string markdown();

}  // namespace rules
