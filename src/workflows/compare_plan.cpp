// SPDX-License-Identifier: Apache-2.0
#include "workflows/compare_plan.hpp"

#include "protocol/widening.hpp"

#include <fnmatch.h>

#include <algorithm>

#include <fmt/format.h>

namespace workflows {
namespace {

using core::ColumnType;

constexpr char kDeleted[] = "_fivetran_deleted";

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

bool fits(const std::string& pattern, const std::string& name) {
  return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

const core::Column* find(const core::Table& table, const std::string& name) {
  const auto found = std::ranges::find(table.columns, name, &core::Column::name);
  return found == table.columns.end() ? nullptr : &*found;
}

// The columns of both tables with their names on either side, those of `a` first.
class ColumnPairs {
 public:
  ColumnPairs(const core::Table& a, const core::Table& b, const CompareOptions& options)
      : a_(a), b_(b), options_(options) {}

  std::string in_b(const std::string& column_in_a) const {
    for (const MappedName& pair : options_.map)
      if (!pair.table.empty() && pair.a == column_in_a && fits(pair.table, b_.name)) return pair.b;
    return column_in_a;
  }

  bool is_ignored(const std::string& column) const {
    return std::ranges::any_of(options_.ignore_columns, [&](const std::string& pattern) {
      return fits(pattern, column) || fits(pattern, b_.name + "." + column);
    });
  }

  std::vector<ComparedColumn> all() const {
    std::vector<ComparedColumn> pairs;
    for (const core::Column& column : a_.columns) {
      const std::string other = in_b(column.name);
      if (!is_ignored(other)) pairs.push_back(pair(&column, find(b_, other), other));
    }
    for (const core::Column& column : b_.columns) {
      const bool known =
          std::ranges::find(pairs, column.name, &ComparedColumn::name) != pairs.end();
      if (!known && !is_ignored(column.name)) pairs.push_back(pair(nullptr, &column, column.name));
    }
    return pairs;
  }

 private:
  static ComparedColumn pair(const core::Column* a, const core::Column* b, std::string name) {
    const bool beyond_double =
        (a != nullptr && a->beyond_double) || (b != nullptr && b->beyond_double);
    ComparedColumn column;
    column.type = protocol::widen(a != nullptr ? a->type : ColumnType::none,
                                  b != nullptr ? b->type : ColumnType::none, beyond_double);
    column.name = std::move(name);
    if (a != nullptr) column.name_a = a->name;
    if (b != nullptr) column.name_b = b->name;
    column.in_a = a != nullptr;
    column.in_b = b != nullptr;
    return column;
  }

  const core::Table& a_;
  const core::Table& b_;
  const CompareOptions& options_;
};

const ChosenKey* chosen_key(const core::Table& b, const CompareOptions& options) {
  const auto found = std::ranges::find_if(
      options.keys, [&b](const ChosenKey& key) { return fits(key.table, b.name); });
  return found == options.keys.end() ? nullptr : &*found;
}

// The key of `a` as `b` names its columns.
std::vector<std::string> key_in_b(const core::Table& a, const ColumnPairs& pairs) {
  std::vector<std::string> key;
  for (const std::string& part : a.primary_key) key.push_back(pairs.in_b(part));
  return key;
}

}  // namespace

std::string table_in_b(const std::string& table_in_a, const CompareOptions& options) {
  for (const MappedName& pair : options.map)
    if (pair.table.empty() && pair.a == table_in_a) return pair.b;
  return table_in_a;
}

bool is_wanted(const std::string& table, const CompareOptions& options) {
  return options.only_tables.empty() ||
         std::ranges::any_of(options.only_tables,
                             [&table](const std::string& pattern) { return fits(pattern, table); });
}

base::Result<ComparePlan> plan_comparison(const core::Table& a, const core::Table& b,
                                          const CompareOptions& options) {
  const ColumnPairs pairs(a, b, options);
  std::vector<ComparedColumn> columns = pairs.all();
  std::vector<std::string> key = key_in_b(a, pairs);
  if (sorted(key) != sorted(b.primary_key)) key.clear();
  if (const ChosenKey* chosen = chosen_key(b, options)) key = chosen->columns;
  ComparePlan plan{a.name, b.name, {}, key.size()};
  for (const std::string& part : key) {
    const auto column = std::ranges::find(columns, part, &ComparedColumn::name);
    if (column == columns.end() || !column->in_a || !column->in_b)
      return base::fail(base::ErrorKind::usage,
                        fmt::format("cannot compare {} by {}: not a column of both sides (or an "
                                    "ignored one)",
                                    b.name, part));
    plan.columns.push_back(std::move(*column));
    columns.erase(column);
  }
  std::ranges::move(columns, std::back_inserter(plan.columns));
  if ((a.has_deleted_column || b.has_deleted_column) && !pairs.is_ignored(kDeleted))
    plan.columns.push_back({kDeleted, kDeleted, kDeleted, ColumnType::boolean, a.has_deleted_column,
                            b.has_deleted_column, true});
  return plan;
}

core::Scan scan_of(const ComparePlan& plan, bool side_a) {
  core::Scan scan;
  scan.table = side_a ? plan.table_a : plan.table_b;
  for (const ComparedColumn& column : plan.columns)
    if (side_a ? column.in_a : column.in_b)
      scan.columns.push_back({side_a ? column.name_a : column.name_b, column.type});
  // By the key first; by the rest too, so that rows that the key cannot tell apart (a part of it is
  // null) come in one order on both sides.
  scan.ordered_by = scan.columns.size();
  return scan;
}

void compare_shapes(const core::Table& a, const core::Table& b, const CompareOptions& options,
                    TableComparison& result) {
  const ColumnPairs pairs(a, b, options);
  result.key_a = sorted(key_in_b(a, pairs));
  result.key_b = sorted(b.primary_key);
  if (const ChosenKey* chosen = chosen_key(b, options)) result.chosen_key = chosen->columns;
  for (const ComparedColumn& column : pairs.all()) {
    TypeDifference difference;
    difference.column = column.name;
    if (column.in_a) difference.a = find(a, column.name_a)->type;
    if (column.in_b) difference.b = find(b, column.name_b)->type;
    if (difference.a == difference.b) continue;
    difference.width_only = protocol::same_family(difference.a, difference.b);
    result.types.push_back(std::move(difference));
  }
}

}  // namespace workflows
