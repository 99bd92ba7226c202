// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "destinations/duckdb_db.hpp"
#include "destinations/duckdb_types.hpp"
#include "destinations/page_plan.hpp"

#include <map>
#include <string>
#include <vector>

namespace destinations {

// How the columns of each table are stored, in the order of core::Table::columns.
using DuckStorages = std::map<std::string, std::vector<DuckStorage>, std::less<>>;

base::Result<DuckStorages> read_storages(DuckDb& db, const Catalog& catalog);

// How the columns of a table are to be stored.
std::vector<DuckStorage> plan_storages(const core::Table& table);

// What a StoredDigits answers.
base::Result<protocol::DecimalDigits> stored_digits(DuckDb& db, const std::string& table,
                                                    const core::Column& column);

// Makes, extends or rebuilds the table so that it has the shape of plan.table, stored as `storages`
// says; `before` and `stored` are what it was and unused for a new one. A rebuilt table keeps the
// indexes that the user gave it. Runs inside the caller's transaction.
base::Result<void> apply_duckdb_shape(DuckDb& db, const TablePlan& plan,
                                      const std::vector<DuckStorage>& storages,
                                      const core::Table& before,
                                      const std::vector<DuckStorage>& stored);

}  // namespace destinations
