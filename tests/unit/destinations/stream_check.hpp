// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "reference_map.hpp"

namespace reference {

// Requires, with doctest, that the destination holds the tables, columns and rows of the map.
void check_tables(core::Destination& destination, const Map& map);

// Requires that what a load told is what the map counted for its last page.
void check_counts(const core::LoadFacts& facts, const Map& map);

}  // namespace reference
