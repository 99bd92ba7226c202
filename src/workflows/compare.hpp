// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/destination.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace workflows {

// A cell that differs; none is null.
struct CellDifference {
  std::string column;
  std::optional<std::string> a, b;
};

// A row behind a count. Of a changed row the cells that differ; of a row on one side all its cells
// that are not null, with the other side's left out.
struct RowDifference {
  std::string key;  // "id=7" or "order_id=3, line=1"; empty for tables without a common key
  std::vector<CellDifference> cells;
};

// A column whose type is not the same; `none` where a side does not have it.
struct TypeDifference {
  std::string column;
  core::ColumnType a = core::ColumnType::none, b = core::ColumnType::none;
  // Both are numbers, or both are dates and times: the same values may give either, depending on
  // which came first.
  bool width_only = false;
};

enum class Side { both, only_a, only_b };

struct TableComparison {
  std::string name;
  Side side = Side::both;
  std::vector<std::string> key_a, key_b;  // in alphabetical order
  std::uint64_t rows_a = 0, rows_b = 0;
  std::vector<std::string> chosen_key;  // by which rows were compared instead, if any
  // Rows of both sides by key; without a common key rows are the same when all their cells are, and
  // none is `changed`. removed: only in a; added: only in b.
  std::uint64_t same = 0, changed = 0, removed = 0, added = 0;
  std::vector<RowDifference> changed_examples, removed_examples, added_examples;
  std::vector<TypeDifference> types;

  // Nothing differs but, perhaps, the width of types.
  bool equal() const;
};

struct Comparison {
  std::vector<TableComparison> tables;  // in alphabetical order
  bool equal() const;
};

// `a` of the first destination is called `b` in the second. Of a column also the tables of the
// second destination in which it is so, a pattern.
struct MappedName {
  std::string table;  // empty: `a` and `b` are tables
  std::string a, b;
};

struct ChosenKey {
  std::string table;  // of the second destination, a pattern
  std::vector<std::string> columns;
};

// Patterns take * and ?, as in a shell.
struct CompareOptions {
  std::size_t examples = 5;  // a kind and table at most
  std::vector<MappedName> map;
  std::vector<std::string> ignore_columns;  // "COLUMN" or "TABLE.COLUMN", names of the second
  std::vector<ChosenKey> keys;              // instead of the tables' own; the first that fits
  std::vector<std::string> only_tables;     // empty: all
  // Told now and then: the table and how many rows of both sides were read so far, of all tables.
  std::function<void(const std::string& table, std::uint64_t rows)> progress;
};

// Compares the tables of two destinations: a is the old or expected one, b the new one. Compared
// are the connector's columns and _fivetran_deleted (false where a side does not have it), never
// _fivetran_synced, _fivetran_batch, _fivetran_index and our own tables. Values of different types
// are compared in the narrowest type that holds both. Error (usage): a chosen key names a column
// that a side does not have. Reads both row by row, so the memory needed does not depend on their
// size.
base::Result<Comparison> compare(core::Destination& a, core::Destination& b,
                                 const CompareOptions& options);

}  // namespace workflows
