// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/page_plan.hpp"

#include <vector>

namespace destinations {

// Counts the digits that each DECIMAL column of plan.table needs for all its values, those of the
// page and those stored; `before` are the stored columns. One whose values together need more than
// 38 becomes STRING, with each value's own digits: design "Loading". Needs PlannedRows::targets.
base::Result<void> settle_decimals(TablePlan& plan, const std::vector<core::Column>& before,
                                   const StoredDigits& stored_digits);

}  // namespace destinations
