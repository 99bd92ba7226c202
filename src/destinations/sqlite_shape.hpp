// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "destinations/page_plan.hpp"
#include "destinations/sqlite_db.hpp"

#include <string>

namespace destinations {

// Makes, extends or rebuilds the table so that it has the shape of plan.table; `before` is what it
// was and unused for a new one. A rebuilt table keeps the indexes and triggers that the user gave
// it. Runs inside the caller's transaction.
base::Result<void> apply_shape(SqliteDb& db, const TablePlan& plan, const core::Table& before);

// What a StoredDigits answers.
base::Result<protocol::DecimalDigits> stored_digits(SqliteDb& db, const std::string& table,
                                                    const core::Column& column);

}  // namespace destinations
