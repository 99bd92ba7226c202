// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace base {

using UtcMilliseconds = std::chrono::sys_time<std::chrono::milliseconds>;

// "2026-11-22T10:00:00.000Z".
std::string iso_time(UtcMilliseconds time);

// Reads exactly what iso_time writes; none for anything else, also for days that do not exist.
std::optional<UtcMilliseconds> parse_iso_time(std::string_view text);

}  // namespace base
