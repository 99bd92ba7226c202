// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/column_type.hpp"
#include "destinations/duckdb_db.hpp"
#include "destinations/duckdb_types.hpp"

#include <string>

namespace destinations {

// Gives the database the function behind the SQL below; all its connections have it then.
base::Result<void> add_duckdb_conversions(DuckDb& db);

// An SQL expression for the canonical text, as a column of type `to` holds it, of the value of
// `column` (an expression itself) of type `from`. DuckDB's own casts print other texts.
std::string duckdb_text_sql(const std::string& column, core::ColumnType from, core::ColumnType to);

// The same for JSON that somebody else wrote, in normal form (protocol/json_text.hpp).
std::string duckdb_json_sql(const std::string& column, core::ColumnType to);

// The same as a value of a column that is stored so.
std::string duckdb_value_sql(const std::string& column, core::ColumnType from, core::ColumnType to,
                             const DuckStorage& storage);

}  // namespace destinations
