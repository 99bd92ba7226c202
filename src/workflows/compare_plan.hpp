// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "workflows/compare.hpp"

#include <string>
#include <vector>

namespace workflows {

// A column of two tables that are compared.
struct ComparedColumn {
  std::string name;
  core::ColumnType type = core::ColumnType::none;  // in which both are compared
  bool in_a = false, in_b = false;
  bool is_deleted_flag = false;  // _fivetran_deleted: a side without it has `false`
};

// How to compare two tables of one name: the columns of both, those of the common key first.
struct ComparePlan {
  std::vector<ComparedColumn> columns;
  std::size_t key_size = 0;  // 0: they have no common key, all columns together are compared
};

ComparePlan plan_comparison(const core::Table& a, const core::Table& b);

// What to read on one side.
core::Scan scan_of(const ComparePlan& plan, const std::string& table, bool side_a);

// The differences of columns and keys.
void compare_shapes(const core::Table& a, const core::Table& b, TableComparison& result);

}  // namespace workflows
