// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace core {

// Limits that the user sets on a sync; 0 means none.
struct Budget {
  std::uint64_t max_calls = 0, max_rows = 0;
  std::chrono::milliseconds max_time{0};
};

}  // namespace core
