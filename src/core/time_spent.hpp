// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace core {

// What the time of one thread went to.
struct TimeSpent {
  using Time = std::chrono::nanoseconds;
  Time connector{0};  // waiting for its answer
  Time parse{0};      // reading the answer, with the search for secrets
  Time check{0};      // response rules and those of a whole sync
  Time load{0};       // into the destination, with the stored-row rules
  Time commit{0};     // ending the transaction
  Time waiting{0};    // for a page that another thread loads
  Time other{0};      // requests, events, whatever is none of the above

  Time total() const noexcept {
    return connector + parse + check + load + commit + waiting + other;
  }
};

// Where the time of a sync went. `own` is of the thread that calls the connector: its total is the
// time from the sync's begin to its end. Pages that were loaded behind the next call cost that
// thread nothing but `waiting`; what they took is in `behind`, whose load and commit alone are
// used.
struct SyncTimes {
  TimeSpent own, behind;
};

}  // namespace core
