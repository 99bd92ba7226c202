// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/sqlite_db.hpp"

#include <memory>
#include <string_view>

namespace destinations {

// Runs one statement that only reads. Error (usage): it is wrong, it would write, or there is more
// than one.
base::Result<core::QueryResult> run_query(SqliteDb& db, std::string_view sql);

// Reads the rows of `table`, which must be one of ours, as `scan` says.
base::Result<std::unique_ptr<core::RowCursor>> open_cursor(SqliteDb& db, const core::Table& table,
                                                           const core::Scan& scan);

}  // namespace destinations
