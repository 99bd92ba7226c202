// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace workflows {

// What differs between two undisturbed syncs of one source.
struct Noise {
  std::vector<std::string> columns;   // "orders.fetched_at"
  std::vector<std::string> unjudged;  // tables in which no row is the same
  struct Drained {
    std::string table;
    std::uint64_t before = 0, after = 0;  // rows
  };
  std::vector<Drained> drained;  // tables that the second sync did not get again
};

// `ignored`: columns that the user named.
base::Result<Noise> noise_between(core::Destination& first, core::Destination& second,
                                  const std::vector<std::string>& ignored);

}  // namespace workflows
