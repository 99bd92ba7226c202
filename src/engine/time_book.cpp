// SPDX-License-Identifier: Apache-2.0
#include "engine/time_book.hpp"

namespace engine {

void TimeBook::begin(Instant now) {
  spent_ = {};
  entry_ = &core::TimeSpent::other;
  since_ = now;
}

void TimeBook::end(Instant now) {
  spent_.*entry_ += now - since_;
  since_ = now;
}

void TimeBook::turn_to(Entry entry) {
  if (clock_ == nullptr) return;
  end(clock_->steady());
  entry_ = entry;
}

void TimeBook::move(Entry from, Entry to, core::TimeSpent::Time time) {
  spent_.*from -= time;
  spent_.*to += time;
}

}  // namespace engine
