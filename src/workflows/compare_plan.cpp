// SPDX-License-Identifier: Apache-2.0
#include "workflows/compare_plan.hpp"

#include "protocol/widening.hpp"

#include <algorithm>

namespace workflows {
namespace {

using core::ColumnType;

constexpr char kDeleted[] = "_fivetran_deleted";

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

const core::Column* find(const core::Table& table, const std::string& name) {
  const auto found = std::ranges::find(table.columns, name, &core::Column::name);
  return found == table.columns.end() ? nullptr : &*found;
}

bool is_number(ColumnType type) {
  return type >= ColumnType::short_integer && type <= ColumnType::double_float;
}
bool is_time(ColumnType type) {
  return type >= ColumnType::local_date && type <= ColumnType::instant;
}

// The names of both, those of `a` first.
std::vector<std::string> all_columns(const core::Table& a, const core::Table& b) {
  std::vector<std::string> names;
  for (const core::Column& column : a.columns) names.push_back(column.name);
  for (const core::Column& column : b.columns)
    if (find(a, column.name) == nullptr) names.push_back(column.name);
  return names;
}

ComparedColumn compared(const std::string& name, const core::Table& a, const core::Table& b) {
  const core::Column* in_a = find(a, name);
  const core::Column* in_b = find(b, name);
  const ColumnType type_a = in_a != nullptr ? in_a->type : ColumnType::none;
  const ColumnType type_b = in_b != nullptr ? in_b->type : ColumnType::none;
  const bool beyond_double =
      (in_a != nullptr && in_a->beyond_double) || (in_b != nullptr && in_b->beyond_double);
  return {name, protocol::widen(type_a, type_b, beyond_double), in_a != nullptr, in_b != nullptr,
          false};
}

}  // namespace

ComparePlan plan_comparison(const core::Table& a, const core::Table& b) {
  ComparePlan plan;
  const bool common_key = sorted(a.primary_key) == sorted(b.primary_key);
  const std::vector<std::string> key = common_key ? a.primary_key : std::vector<std::string>();
  for (const std::string& part : key) plan.columns.push_back(compared(part, a, b));
  plan.key_size = key.size();
  for (const std::string& name : all_columns(a, b))
    if (std::ranges::find(key, name) == key.end()) plan.columns.push_back(compared(name, a, b));
  if (a.has_deleted_column || b.has_deleted_column)
    plan.columns.push_back(
        {kDeleted, ColumnType::boolean, a.has_deleted_column, b.has_deleted_column, true});
  return plan;
}

core::Scan scan_of(const ComparePlan& plan, const std::string& table, bool side_a) {
  core::Scan scan;
  scan.table = table;
  for (const ComparedColumn& column : plan.columns)
    if (side_a ? column.in_a : column.in_b) scan.columns.push_back({column.name, column.type});
  // By the key first; by the rest too, so that rows that the key cannot tell apart (a part of it is
  // null) come in one order on both sides.
  scan.ordered_by = scan.columns.size();
  return scan;
}

void compare_shapes(const core::Table& a, const core::Table& b, TableComparison& result) {
  result.key_a = sorted(a.primary_key);
  result.key_b = sorted(b.primary_key);
  for (const std::string& name : all_columns(a, b)) {
    const core::Column* in_a = find(a, name);
    const core::Column* in_b = find(b, name);
    TypeDifference difference;
    difference.column = name;
    if (in_a != nullptr) difference.a = in_a->type;
    if (in_b != nullptr) difference.b = in_b->type;
    if (difference.a == difference.b) continue;
    difference.width_only = (is_number(difference.a) && is_number(difference.b)) ||
                            (is_time(difference.a) && is_time(difference.b));
    result.types.push_back(std::move(difference));
  }
}

}  // namespace workflows
