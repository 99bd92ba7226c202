// SPDX-License-Identifier: Apache-2.0
#include "destinations/page_stamp.hpp"

#include <fmt/format.h>

namespace destinations {

std::string synced_text(core::WallTime time) {
  using namespace std::chrono;
  const auto midnight = floor<days>(time);
  const year_month_day day{midnight};
  const hh_mm_ss clock{time - midnight};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

}  // namespace destinations
