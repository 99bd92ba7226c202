// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/event.hpp"

namespace core {

// Shows or stores what happens. Events of one run come one at a time, LogLine possibly from another
// thread: whoever fans events out holds a lock.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void on_event(const Event& event) = 0;
};

}  // namespace core
