// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/clock.hpp"
#include "core/time_spent.hpp"

namespace engine {

// Books the time of one thread without a gap: each moment belongs to the entry that was opened
// last, so the entries add up to the time between begin and end whatever lies between them.
class TimeBook {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  using Entry = core::TimeSpent::Time core::TimeSpent::*;

  // Without a clock nothing is measured. It outlives the book.
  explicit TimeBook(core::Clock* clock) : clock_(clock) {}

  // Starts at `now` with `other`; what was booked before is forgotten.
  void begin(Instant now);
  void turn_to(Entry entry);
  // Moves time that was booked on `from` to where it belongs.
  void move(Entry from, Entry to, core::TimeSpent::Time time);
  void end(Instant now);

  const core::TimeSpent& spent() const noexcept { return spent_; }

 private:
  core::Clock* clock_;
  core::TimeSpent spent_;
  Entry entry_ = &core::TimeSpent::other;
  Instant since_{};
};

}  // namespace engine
