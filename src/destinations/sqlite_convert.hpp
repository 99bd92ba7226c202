// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/column_type.hpp"
#include "destinations/sqlite_db.hpp"

#include <string>

namespace destinations {

// Gives the connection the function behind conversion_sql.
base::Result<void> add_conversions(SqliteDb& db);

// An SQL expression for the value of `column` (an expression itself) of type `from` as a column of
// type `to` stores it. No digit changes: SQLite's own CAST of a double to text keeps only 15.
std::string conversion_sql(const std::string& column, core::ColumnType from, core::ColumnType to);

// "LONG INTEGER": the declared type of a column. The first word is Fivetran's type, the second
// decides how SQLite stores the value.
std::string declared_type(core::ColumnType type);

// The Fivetran type in a declared type; none for anything else.
core::ColumnType type_declared_by(std::string_view declared);

}  // namespace destinations
