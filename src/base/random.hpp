// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace base {

// A random UUID (version 4) from the operating system's generator.
std::string uuid4();

}  // namespace base
