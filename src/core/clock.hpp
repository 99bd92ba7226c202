// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"

#include <chrono>

namespace core {

// Time comes in through this, so that tests decide it.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual WallTime now() = 0;
  virtual std::chrono::steady_clock::time_point steady() = 0;
};

}  // namespace core
