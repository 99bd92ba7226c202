// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/duckdb_db.hpp"
#include "destinations/page_plan.hpp"

#include <memory>
#include <string>

namespace destinations {

// Runs one statement that only reads; `catalog` are the tables of the schema. Error (usage): it is
// wrong, it would write, or there is more than one.
base::Result<core::QueryResult> run_duckdb_query(DuckDb& db, const std::string& sql,
                                                 const Catalog& catalog);

// Reads the rows of `table`, as `scan` says, over a connection of its own. `foreign`: somebody else
// made the table, so its texts may be no texts to DuckDB and its JSON may have white space.
base::Result<std::unique_ptr<core::RowCursor>> open_duckdb_cursor(DuckDb& db,
                                                                  const core::Table& table,
                                                                  const core::Scan& scan,
                                                                  bool foreign);

}  // namespace destinations
