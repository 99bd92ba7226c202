// SPDX-License-Identifier: Apache-2.0
#include "reporters/fan_out.hpp"

namespace reporters {

void FanOut::on_event(const core::Event& event) {
  const std::lock_guard lock(mutex_);
  for (core::Reporter* reporter : reporters_) reporter->on_event(event);
}

}  // namespace reporters
