// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"
#include "destinations/page_plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace destinations {

// The SQL that loads one table. Column c of the table is parameter c + 1; the system columns
// follow.
struct SqliteParameters {
  explicit SqliteParameters(const core::Table& table)
      : synced(static_cast<int>(table.columns.size()) + 1), batch(synced + 1), index(synced + 2) {}
  int synced, batch, index;
};

// Takes a row that is new; leaves the stored one when there is one of its key.
std::string insert_sql(const core::Table& table);
// The same for all rows of the virtual table `rows` (SqliteRowSource).
std::string insert_page_sql(const core::Table& table, std::string_view rows);
// The stored row of a key: all columns of the table, then _fivetran_synced, then _fivetran_deleted
// where the table has it.
std::string select_sql(const core::Table& table);
// Puts a new row in the place of the stored one of its key.
std::string replace_sql(const core::Table& table);
std::string exists_sql(const core::Table& table);
std::string delete_sql(const core::Table& table);
// Marks the row of a key as deleted.
std::string mark_sql(const core::Table& table);
// Marks all rows that were loaded before the text in parameter 1.
std::string mark_missing_sql(const core::Table& table);

std::string create_sql(const core::Table& table, std::string_view name);
std::string add_column_sql(const core::Table& table, const core::Column& column);
std::string add_deleted_sql(const core::Table& table);

// Copies the rows of a table as it was, `before`, into `into`, which has the shape of plan.table.
std::string copy_sql(const TablePlan& plan, const core::Table& before, std::string_view into);

}  // namespace destinations
