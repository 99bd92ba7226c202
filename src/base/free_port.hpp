// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>

namespace base {

// A TCP port of 127.0.0.1 that nobody listens on, for a program that must be told one. Another
// program may take it in the meantime. Error (environment): there is none.
Result<std::uint16_t> free_port();

// Whether somebody accepts connections on that port of 127.0.0.1.
bool is_listening(std::uint16_t port);

}  // namespace base
