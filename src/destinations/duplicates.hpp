// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/page_plan.hpp"

namespace destinations {

// Leaves only the first of the rows that have one key in the page, over all sources of the table;
// the others become unusable and are counted as passed over. Their values have been counted for the
// types of the columns. Rows with a null in their key are never one.
void pass_over_duplicates(TablePlan& plan);

}  // namespace destinations
