// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"

#include <cstdint>
#include <string>

namespace destinations {

// What all rows of a page have in common. The texts have a fixed width, so that they compare like
// the times they stand for.
struct PageStamp {
  std::string synced;      // _fivetran_synced of its rows: later than that of any earlier page
  std::string sync_start;  // rows of earlier syncs lie before it
  std::string cutoff;      // tables named in softDelete: rows that lie before it are marked
  std::int64_t sync = 0;
  std::int64_t batch = 0;  // _fivetran_batch
};

// `YYYY-MM-DDTHH:MM:SS.mmmZ`.
std::string synced_text(core::WallTime time);

}  // namespace destinations
