// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace destinations {

// Columns that a destination adds by itself: contract §4.4. A source column of such a name is not
// stored, since the two cannot both be; NAM-03 tells the user.
inline constexpr std::string_view kSynced = "_fivetran_synced";    // INSTANT: when it was loaded
inline constexpr std::string_view kDeleted = "_fivetran_deleted";  // BOOLEAN: softly deleted
inline constexpr std::string_view kBatch = "_fivetran_batch";      // LONG: tables without a key
inline constexpr std::string_view kIndex = "_fivetran_index";      // LONG: row within the batch

inline bool is_system_column(std::string_view name) {
  return name == kSynced || name == kDeleted || name == kBatch || name == kIndex;
}

}  // namespace destinations
