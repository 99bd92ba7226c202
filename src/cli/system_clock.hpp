// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/clock.hpp"

namespace cli {

class SystemClock final : public core::Clock {
 public:
  core::WallTime now() override;
  std::chrono::steady_clock::time_point steady() override;
};

}  // namespace cli
