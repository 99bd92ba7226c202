// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "workflows/compare.hpp"

#include <string>
#include <vector>

namespace workflows {

// A column of two tables that are compared.
struct ComparedColumn {
  std::string name;  // in the second, where it has it
  std::string name_a, name_b;
  core::ColumnType type = core::ColumnType::none;  // in which both are compared
  bool in_a = false, in_b = false;
  bool is_deleted_flag = false;  // _fivetran_deleted: a side without it has `false`
};

// How to compare two tables: the columns of both, those of the common key first.
struct ComparePlan {
  std::string table_a, table_b;
  std::vector<ComparedColumn> columns;
  std::size_t key_size = 0;  // 0: they have no common key, all columns together are compared
};

// The name in the second destination of a table of the first.
std::string table_in_b(const std::string& table_in_a, const CompareOptions& options);
// Whether a table is to be looked at.
bool is_wanted(const std::string& table, const CompareOptions& options);

base::Result<ComparePlan> plan_comparison(const core::Table& a, const core::Table& b,
                                          const CompareOptions& options);

// What to read on one side.
core::Scan scan_of(const ComparePlan& plan, bool side_a);

// The differences of columns and keys.
void compare_shapes(const core::Table& a, const core::Table& b, const CompareOptions& options,
                    TableComparison& result);

}  // namespace workflows
