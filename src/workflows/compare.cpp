// SPDX-License-Identifier: Apache-2.0
#include "workflows/compare.hpp"

#include "workflows/compare_plan.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

namespace workflows {
namespace {

using core::ColumnType;
using CellView = std::optional<std::string_view>;

// The rows of one side, in the order of the plan.
class Reader {
 public:
  static base::Result<Reader> open(core::Destination& destination, const ComparePlan& plan,
                                   bool side_a) {
    FSIM_ASSIGN(auto cursor, destination.scan(scan_of(plan, side_a)));
    Reader reader(std::move(cursor), plan, side_a);
    FSIM_TRY(reader.advance());
    return reader;
  }

  base::Result<void> advance() {
    FSIM_ASSIGN(more_, cursor_->next());
    rows_ += more_;
    return {};
  }
  bool more() const { return more_; }
  std::uint64_t rows() const { return rows_; }

  // The cell in a column of the plan.
  CellView cell(std::size_t column) const {
    if (cells_[column] >= 0) return cursor_->cells()[static_cast<std::size_t>(cells_[column])];
    return plan_->columns[column].is_deleted_flag ? CellView("false") : std::nullopt;
  }

 private:
  Reader(std::unique_ptr<core::RowCursor> cursor, const ComparePlan& plan, bool side_a)
      : cursor_(std::move(cursor)), plan_(&plan) {
    int next = 0;
    for (const ComparedColumn& column : plan.columns)
      cells_.push_back((side_a ? column.in_a : column.in_b) ? next++ : -1);
  }

  std::unique_ptr<core::RowCursor> cursor_;
  const ComparePlan* plan_;
  std::vector<int> cells_;  // by column of the plan; -1: this side does not have it
  bool more_ = false;
  std::uint64_t rows_ = 0;
};

template <class Number>
int compare_numbers(std::string_view a, std::string_view b) {
  Number x{}, y{};
  std::from_chars(a.data(), a.data() + a.size(), x);
  std::from_chars(b.data(), b.data() + b.size(), y);
  return x < y ? -1 : x > y ? 1 : 0;
}

// In the order of core::Scan.
int compare_cells(const CellView& a, const CellView& b, ColumnType type) {
  if (!a || !b) return static_cast<int>(a.has_value()) - static_cast<int>(b.has_value());
  switch (type) {
    case ColumnType::short_integer:
    case ColumnType::integer:
    case ColumnType::long_integer: return compare_numbers<std::int64_t>(*a, *b);
    case ColumnType::double_float: return compare_numbers<double>(*a, *b);
    default: return a->compare(*b);
  }
}

class TableComparer {
 public:
  // `told`: gets how many rows of both sides were read, now and then.
  using Told = std::function<void(std::uint64_t rows)>;

  TableComparer(const ComparePlan& plan, std::size_t examples, Told told, TableComparison& result)
      : plan_(plan), examples_(examples), told_(std::move(told)), result_(result) {}

  base::Result<void> run(Reader& a, Reader& b) {
    std::uint64_t steps = 0;
    while (a.more() || b.more()) {
      const int order = !a.more() ? 1 : !b.more() ? -1 : compare_keys(a, b);
      if (order < 0) note(result_.removed, result_.removed_examples, &a, nullptr);
      if (order > 0) note(result_.added, result_.added_examples, nullptr, &b);
      if (order == 0) note_pair(a, b);
      if (order <= 0) FSIM_TRY(a.advance());
      if (order >= 0) FSIM_TRY(b.advance());
      if (++steps % kStepsBetween == 0) told_(a.rows() + b.rows());
    }
    result_.rows_a = a.rows();
    result_.rows_b = b.rows();
    return {};
  }

 private:
  int compare_keys(const Reader& a, const Reader& b) const {
    const std::size_t columns = plan_.key_size > 0 ? plan_.key_size : plan_.columns.size();
    int order = 0;
    for (std::size_t c = 0; c < columns && order == 0; ++c)
      order = compare_cells(a.cell(c), b.cell(c), plan_.columns[c].type);
    return order;
  }

  void note_pair(const Reader& a, const Reader& b) {
    for (std::size_t c = plan_.key_size; c < plan_.columns.size(); ++c)
      if (a.cell(c) != b.cell(c)) return note(result_.changed, result_.changed_examples, &a, &b);
    ++result_.same;
  }

  void note(std::uint64_t& count, std::vector<RowDifference>& examples, const Reader* a,
            const Reader* b) {
    ++count;
    if (examples.size() >= examples_) return;
    RowDifference& row = examples.emplace_back();
    for (std::size_t c = 0; c < plan_.columns.size(); ++c) {
      const CellView in_a = a != nullptr ? a->cell(c) : std::nullopt;
      const CellView in_b = b != nullptr ? b->cell(c) : std::nullopt;
      const std::string& column = plan_.columns[c].name;
      if (c < plan_.key_size)
        row.key += (c == 0 ? "" : ", ") + column + "=" +
                   std::string((a != nullptr ? in_a : in_b).value_or("null"));
      if (in_a != in_b)
        row.cells.push_back(
            {column, std::optional<std::string>(in_a), std::optional<std::string>(in_b)});
    }
  }

  static constexpr std::uint64_t kStepsBetween = 4'096;
  const ComparePlan& plan_;
  std::size_t examples_;
  Told told_;
  TableComparison& result_;
};

base::Result<std::map<std::string, core::Table>> tables_of(core::Destination& destination) {
  FSIM_ASSIGN(std::vector<core::Table> tables, destination.tables());
  std::map<std::string, core::Table> by_name;
  for (core::Table& table : tables) by_name.emplace(table.name, std::move(table));
  return by_name;
}

TableComparison one_sided(const core::Table& table, Side side) {
  TableComparison result;
  result.name = table.name;
  result.side = side;
  (side == Side::only_a ? result.rows_a : result.rows_b) = table.rows;
  (side == Side::only_a ? result.removed : result.added) = table.rows;
  return result;
}

}  // namespace

bool TableComparison::equal() const {
  return side == Side::both && (key_a == key_b || !chosen_key.empty()) &&
         changed + removed + added == 0 && std::ranges::all_of(types, &TypeDifference::width_only);
}

bool Comparison::equal() const {
  return std::ranges::all_of(tables, &TableComparison::equal);
}

base::Result<Comparison> compare(core::Destination& a, core::Destination& b,
                                 const CompareOptions& options) {
  FSIM_ASSIGN(const auto tables_a, tables_of(a));
  FSIM_ASSIGN(const auto tables_b, tables_of(b));
  Comparison comparison;
  std::set<std::string> compared;
  std::uint64_t rows = 0;
  for (const auto& [name_a, in_a] : tables_a) {
    const std::string name = table_in_b(name_a, options);
    if (!is_wanted(name, options)) continue;
    const auto in_b = tables_b.find(name);
    if (in_b == tables_b.end()) {
      comparison.tables.push_back(one_sided(in_a, Side::only_a));
      continue;
    }
    compared.insert(name);
    TableComparison& result = comparison.tables.emplace_back();
    result.name = name;
    compare_shapes(in_a, in_b->second, options, result);
    FSIM_ASSIGN(const ComparePlan plan, plan_comparison(in_a, in_b->second, options));
    const auto told = [&options, &name, before = rows](std::uint64_t of_table) {
      if (options.progress) options.progress(name, before + of_table);
    };
    told(0);
    FSIM_ASSIGN(Reader rows_a, Reader::open(a, plan, true));
    FSIM_ASSIGN(Reader rows_b, Reader::open(b, plan, false));
    FSIM_TRY(TableComparer(plan, options.examples, told, result).run(rows_a, rows_b));
    rows += result.rows_a + result.rows_b;
  }
  for (const auto& [name, in_b] : tables_b)
    if (!compared.contains(name) && is_wanted(name, options))
      comparison.tables.push_back(one_sided(in_b, Side::only_b));
  std::ranges::sort(comparison.tables, {}, &TableComparison::name);
  return comparison;
}

}  // namespace workflows
