// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace connectors {

// Lower-case hexadecimal digits from the system's source of randomness.
std::string random_hex(std::size_t digits);

// A random UUID (version 4), the form of Lambda's request ids.
std::string random_uuid();

}  // namespace connectors
