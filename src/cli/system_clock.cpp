// SPDX-License-Identifier: Apache-2.0
#include "cli/system_clock.hpp"

namespace cli {

core::WallTime SystemClock::now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::steady_clock::time_point SystemClock::steady() {
  return std::chrono::steady_clock::now();
}

}  // namespace cli
