// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace reference {

// A JSON value with what a careful reader knows about it.
struct Sent {
  std::string json;
  std::string text;  // as core::Value::text() has it
  core::ColumnType type = core::ColumnType::none;
  bool beyond_double = false;
};

// A row in a response: column → value; a column that is missing is absent, `null` has type none.
using SentRow = std::vector<std::pair<std::string, Sent>>;

struct SentTable {
  std::vector<SentRow> inserts, deletes;
  std::vector<std::string> schema_key;  // empty: no schema entry
  bool soft_delete = false;
};

using SentPage = std::map<std::string, SentTable>;

struct Row {
  std::map<std::string, std::string> cells;  // canonical texts; nulls are not in it
  bool deleted = false;
  int sync = 0;  // that wrote it last
  std::int64_t batch = 0, index = 0;
};

struct Column {
  core::ColumnType type = core::ColumnType::none;
  bool beyond_double = false;
  std::size_t whole = 0, fraction = 0;  // the digits of what a DECIMAL has ever held
};

struct Counts {
  std::uint64_t inserted = 0, replaced = 0, unchanged = 0, lacking = 0, deleted = 0,
                soft_marked = 0, unknown_deletes = 0, rejected = 0;
};

struct Table {
  std::vector<std::string> key;
  std::map<std::string, Column> columns;
  std::vector<Row> rows;
  bool has_deleted = false;
  int batch = 0;
  std::int64_t next_index = 0;
  Counts counts;  // of the last page
};

// What a destination has to hold, kept in plain maps and applied in the very order of the contract
// (§4.3 and §8.4): marks, inserts, deletes. Slow and simple on purpose.
class Map {
 public:
  explicit Map(core::DeleteMode mode) : mode_(mode) {}
  void apply(int sync, const SentPage& page);
  const std::map<std::string, Table>& tables() const { return tables_; }

 private:
  void mark(Table& table, int sync);
  void insert(Table& table, int sync, const std::vector<SentRow>& rows);
  void remove(Table& table, int sync, const std::vector<SentRow>& rows, bool soft);

  core::DeleteMode mode_;
  std::map<std::string, Table> tables_;
};

}  // namespace reference
