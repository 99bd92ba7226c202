// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/history.hpp"

namespace rules {

// The user asked for everything again (a full refresh), so full tables are expected: the sync
// starts at {} although the one before ended elsewhere, or nobody knows where.
bool asked_for_everything(const core::History& history);

// Nearly all that the table held came again, unchanged: STA-03.
bool is_full_reload(const core::TableHistory& table);

}  // namespace rules
