// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/column_type.hpp"
#include "core/sync_request.hpp"
#include "core/sync_response.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace core {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

// A column of a table in the destination.
struct Column {
  std::string name;    // in the destination
  std::string source;  // as the connector wrote it first
  ColumnType type = ColumnType::none;
  bool key = false;
  bool beyond_double = false;  // holds integers that a double would change
  // Of a DECIMAL: how many digits its values need before and behind the point, 38 together at most.
  int whole_digits = 0;
  int fraction_digits = 0;
};

// A table in the destination.
struct Table {
  std::string name;                      // in the destination
  std::string source;                    // as the connector wrote it first
  std::vector<std::string> primary_key;  // destination names; empty: rows are appended
  std::vector<Column> columns;           // without system columns
  std::uint64_t rows = 0;
  bool has_deleted_column = false;  // _fivetran_deleted exists
};

// What to do with `delete` rows: contract §4.3, an open question there.
enum class DeleteMode { hard, soft };

// One page on its way into the destination. It owns the response, so its rows stay alive while the
// load runs.
struct LoadBatch {
  SyncResponse response;
  std::string sync_id;
  int sync = 0;           // the connection's count of syncs, from 1
  int call = 0;           // within the sync, from 1
  WallTime now{};         // becomes _fivetran_synced
  WallTime sync_start{};  // cut-off for tables named in softDelete
  State new_state;        // committed with the rows
  bool last = false;      // hasMore was false: the sync ends with this page
};

// An example row behind a count: where it stood and what it was.
struct RowExample {
  std::size_t position = 0;          // in the response's array
  std::string key;                   // "id=7" or "order_id=3, line=1"
  std::vector<std::string> columns;  // the columns concerned, source names
  std::string text;                  // more to show, or empty
};

// What a widened column was and became.
struct Widened {
  std::string column;  // source name
  ColumnType from = ColumnType::none, to = ColumnType::none;
  std::size_t position = 0;  // the first row that caused it
};

// What loading one table of one page did to the stored rows: facts for the stored-row rules. Each
// list of examples holds three at most.
struct TableLoad {
  std::string table;              // source name
  std::string stored;             // destination name
  std::uint64_t inserted = 0;     // rows under `insert` that were loaded, new and replaced; a key
                                  // that the page holds twice counts twice
  std::uint64_t replaced = 0;     // of these: replaced a row that an earlier page stored
  std::uint64_t unchanged = 0;    // of these: equal to the stored row, which an earlier sync wrote
  std::uint64_t repeated = 0;     // of these: equal to it, and an earlier page of the sync wrote it
  std::uint64_t deleted = 0;      // stored rows deleted or marked by `delete`
  std::uint64_t soft_marked = 0;  // stored rows that `softDelete` left marked after this page
  std::uint64_t unknown_deletes = 0;  // `delete` rows whose key was not stored
  std::uint64_t rejected = 0;         // rows without a usable key: not loaded
  std::uint64_t lacking = 0;  // replaced rows that lacked a column where the stored row had a value
  std::vector<std::string> lacking_in_all;  // columns that every replaced row of the page lacked so
  std::vector<RowExample> lacking_examples, unknown_delete_examples;
  std::vector<Widened> widened;
  bool created = false;
  std::vector<std::string> added_columns;  // destination names, when the table existed before
  bool key_changed = false;                // rebuilt under another key
  std::uint64_t stored_rows_before_sync = 0;
};

struct LoadFacts {
  std::vector<TableLoad> tables;
  std::chrono::nanoseconds commit{0};  // how long ending the transaction took
};

}  // namespace core
