// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/load.hpp"
#include "destinations/options.hpp"
#include "protocol/number_text.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace destinations {

// The tables that a schema holds, by destination name.
using Catalog = std::map<std::string, core::Table, std::less<>>;

// The rows of one source table under `insert` or `delete`, on their way into a stored table.
struct PlannedRows {
  const core::TableRows* rows = nullptr;  // null: the page has none
  std::vector<int> targets;  // page column → index into TablePlan::table.columns; -1: not stored
  std::vector<bool> usable;  // false: not to be loaded, since a part of the key is missing or null
                             // or another row won; empty: all are usable
  std::uint64_t accepted = 0;     // usable rows
  std::uint64_t passed_over = 0;  // rows that another row with their key in the page beat
  std::uint64_t size() const noexcept { return rows == nullptr ? 0 : rows->rows(); }
  bool is_usable(std::size_t row) const { return usable.empty() || usable[row]; }
};

// One source table of the page. Two whose names are the same after renaming go into one stored
// table: contract §4.6.
struct SourcePlan {
  std::string name;
  PlannedRows inserts, deletes;
  std::vector<core::Widened> widened;
};

// A column whose stored values must take a wider type.
struct Retype {
  std::size_t column = 0;  // in TablePlan::table.columns
  core::ColumnType from = core::ColumnType::none;
};

// What has to happen to one stored table for a page.
struct TablePlan {
  core::Table table;                     // as it is to be before the rows are written; where
                                         // is_stored() is false only a key to name rows by
  std::vector<SourcePlan> sources;       // in the order of the page
  bool exists = false;                   // the table is stored already
  bool create = false;                   // it comes to be with this page
  bool key_changed = false;              // to be rebuilt under table.primary_key, last row wins
  std::vector<std::size_t> new_columns;  // of an existing table: indexes into table.columns
  std::vector<Retype> retyped;           // of an existing table
  bool adds_deleted_column = false;      // an existing table gets _fivetran_deleted
  bool notes_changed = false;            // what Column says of the digits of an existing column
  bool marks_missing = false;            // named in softDelete
  bool soft_deletes = false;             // its `delete` rows mark instead of delete

  bool reshapes() const noexcept {
    return create || key_changed || adds_deleted_column || !new_columns.empty() || !retyped.empty();
  }
  bool is_stored() const noexcept { return exists || create; }
};

// What the stored values of a column of numbers need as DECIMAL; asked only when it becomes one.
using StoredDigits = std::function<base::Result<protocol::DecimalDigits>(
    const std::string& table, const core::Column& column)>;

// Decides which tables and columns a page needs and how its rows map to them: names (contract
// §4.6), types (§4.5), keys and deletes (§4.1 to §4.3). The same for every engine; nothing is
// written. The plan points into `response`. Fails only when `stored_digits` does.
//
// What the contract leaves open is taken so, where PlanOptions does not say otherwise:
// * A table keeps its key when a later response lacks its schema entry; rows are merged by it.
// * Rows without a usable key are not loaded and give no column or type.
// * A key is changed only by a response that also brings rows for the table.
// * Destination names that differ in the case of A to Z only are one; the first spelling stays.
// * A key that names a system column can be met by no row.
base::Result<std::vector<TablePlan>> plan_page(const core::SyncResponse& response,
                                               const Catalog& stored, const PlanOptions& options,
                                               const StoredDigits& stored_digits);

// The destination name of a source table or column. Never empty; a table whose name an engine
// reserves (`sqlite_…`) or that our own tables have gets an underscore in front, on every engine
// alike.
std::string stored_table_name(std::string_view source, protocol::Naming naming);
std::string stored_column_name(std::string_view source, protocol::Naming naming);

}  // namespace destinations
