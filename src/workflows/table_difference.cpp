// SPDX-License-Identifier: Apache-2.0
#include "workflows/table_difference.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace workflows {
namespace {

std::string text_of(const std::optional<std::string>& cell) {
  return cell.value_or("null");
}

// What a row is known by: its key, or all its cells.
std::string identity(const RowDifference& row, bool side_a) {
  if (!row.key.empty()) return row.key;
  std::string text;
  for (const CellDifference& cell : row.cells)
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", cell.column,
                        text_of(side_a ? cell.a : cell.b));
  return text;
}

std::string change_text(const RowDifference& row) {
  std::string text;
  for (const CellDifference& cell : row.cells)
    text += fmt::format("{}{} {} → {}", text.empty() ? "" : ", ", cell.column, text_of(cell.a),
                        text_of(cell.b));
  return text;
}

TableEffects effects_of(const TableComparison& table) {
  TableEffects effects;
  effects.keyless = table.key_a.empty() || table.key_b.empty();
  effects.extra = table.added;
  effects.lost = table.removed;
  effects.changed = table.changed;
  for (const RowDifference& row : table.added_examples)
    effects.rows.emplace(std::pair(RowEffect::extra, identity(row, false)), "extra");
  for (const RowDifference& row : table.removed_examples)
    effects.rows.emplace(std::pair(RowEffect::lost, identity(row, true)), "lost");
  for (const RowDifference& row : table.changed_examples)
    effects.rows.emplace(std::pair(RowEffect::changed, identity(row, true)), change_text(row));
  if (table.side != Side::both) {
    effects.keyless = false;
    effects.rows.emplace(std::pair(table.side == Side::only_a ? RowEffect::lost : RowEffect::extra,
                                   std::string("the whole table")),
                         table.side == Side::only_a ? "lost" : "extra");
  }
  return effects;
}

}  // namespace

base::Result<Effects> effects(core::Destination& expected, core::Destination& actual,
                              const std::vector<std::string>& ignored_columns,
                              const std::vector<std::string>& ignored_tables) {
  CompareOptions options;
  options.examples = TableEffects::kListed;
  options.ignore_columns = ignored_columns;
  FSIM_ASSIGN(const Comparison comparison, compare(expected, actual, options));
  Effects found;
  for (const TableComparison& table : comparison.tables) {
    if (std::ranges::find(ignored_tables, table.name) != ignored_tables.end()) continue;
    if (table.added + table.removed + table.changed == 0) continue;
    found.emplace(table.name, effects_of(table));
  }
  return found;
}

Effects common(const Effects& a, const Effects& b) {
  Effects both;
  for (const auto& [name, effects_in_a] : a) {
    const TableEffects& in_a = effects_in_a;
    const auto other = b.find(name);
    if (other == b.end()) continue;
    const TableEffects& in_b = other->second;
    TableEffects shared{.keyless = in_a.keyless};
    // Beyond the rows listed only their number tells; rows without a key may be there several
    // times.
    const auto count = [&](RowEffect effect, std::uint64_t counted_a, std::uint64_t counted_b) {
      const auto listed =
          static_cast<std::uint64_t>(std::ranges::count_if(in_a.rows, [&](const auto& row) {
            return row.first.first == effect && in_b.rows.contains(row.first);
          }));
      const std::uint64_t most = std::min(counted_a, counted_b);
      return most > TableEffects::kListed || (shared.keyless && listed > 0) ? most : listed;
    };
    for (const auto& [row, text] : in_a.rows)
      if (in_b.rows.contains(row)) shared.rows.emplace(row, text);
    shared.extra = count(RowEffect::extra, in_a.extra, in_b.extra);
    shared.lost = count(RowEffect::lost, in_a.lost, in_b.lost);
    shared.changed = count(RowEffect::changed, in_a.changed, in_b.changed);
    if (shared.extra + shared.lost + shared.changed > 0) both.emplace(name, std::move(shared));
  }
  return both;
}

}  // namespace workflows
