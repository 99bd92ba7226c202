// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"

#include <string_view>
#include <vector>

namespace destinations {

// Columns that a destination adds by itself: contract §4.4. A source column of such a name is not
// stored, since the two cannot both be; NAM-03 tells the user.
inline constexpr std::string_view kSynced = "_fivetran_synced";    // INSTANT: when it was loaded
inline constexpr std::string_view kDeleted = "_fivetran_deleted";  // BOOLEAN: softly deleted
inline constexpr std::string_view kBatch = "_fivetran_batch";      // LONG: tables without a key
inline constexpr std::string_view kIndex = "_fivetran_index";      // LONG: row within the batch

bool is_system_column(std::string_view name);

// The columns that a table has beside those of the connector, in the order in which they are made.
std::vector<std::string_view> system_columns(const core::Table& table);

}  // namespace destinations
