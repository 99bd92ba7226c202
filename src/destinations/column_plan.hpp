// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/page_plan.hpp"

namespace destinations {

// The second half of planning a table, once its key and its usable rows are known: which columns
// the page adds or widens, and where each column of the page goes. A column exists from its first
// value that is not null.
base::Result<void> plan_columns(TablePlan& plan, const PlanOptions& options,
                                const StoredDigits& stored_digits);

}  // namespace destinations
