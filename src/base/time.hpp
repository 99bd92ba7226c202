// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace base {

// "2026-11-22T10:00:00.000Z".
std::string iso_time(std::chrono::sys_time<std::chrono::milliseconds> time);

}  // namespace base
