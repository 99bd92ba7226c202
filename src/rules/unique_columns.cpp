// SPDX-License-Identifier: Apache-2.0
#include "rules/unique_columns.hpp"

#include "core/column_type.hpp"
#include "rules/key_index.hpp"
#include "rules/texts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace rules {
namespace {

using core::ColumnType;
using core::TableRows;

constexpr std::size_t kMostRows = 10'000, kMostCandidates = 12, kLargestSet = 3;
// Among fewer rows any column is unique by chance, unless its name says that it identifies.
constexpr std::size_t kFewRows = 10;

using Names = std::vector<std::string_view>;

bool names_an_identity(std::string_view column) {
  const std::string name = lower(column);
  constexpr std::array<std::string_view, 6> kWords = {"id",  "uuid", "guid",
                                                      "key", "code", "number"};
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    return name == word || name.ends_with("_" + std::string(word)) ||
           (word == "id" && column.ends_with("Id")) || (word == "id" && column.ends_with("ID"));
  });
}

// Every row has a plain value there that says which record it is: no fraction, no nested value.
bool may_be_key(const TableRows& table, const core::PageColumn& column) {
  return column.values == table.rows() && !column.has(ColumnType::json) &&
         !column.has(ColumnType::double_float) && !column.has(ColumnType::decimal);
}

// How little a column looks like a part of a key: names of identities first, times last.
int rank(const core::PageColumn& column) {
  if (names_an_identity(column.name)) return 0;
  const bool time = column.has(ColumnType::local_date) || column.has(ColumnType::local_date_time) ||
                    column.has(ColumnType::instant);
  return time || column.has(ColumnType::boolean) ? 2 : 1;
}

Names candidates_of(const TableRows& table, std::span<const std::string_view> key) {
  std::vector<const core::PageColumn*> columns;
  for (const core::PageColumn& column : table.columns)
    if (may_be_key(table, column) && std::ranges::find(key, column.name) == key.end())
      columns.push_back(&column);
  std::ranges::stable_sort(columns, {}, [](const auto* column) { return rank(*column); });
  if (columns.size() > kMostCandidates) columns.resize(kMostCandidates);
  Names names;
  for (const core::PageColumn* column : columns) names.push_back(column->name);
  return names;
}

bool same_row(const TableRows& table, std::size_t a, std::size_t b) {
  const core::Row first = table.row(a), second = table.row(b);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const int column = static_cast<int>(c);
    if (!same_value(core::find(first, column), core::find(second, column))) return false;
  }
  return true;
}

// No two different rows have the same values in these columns.
bool is_unique(const TableRows& table, const Names& columns) {
  const KeyReader reader(table, columns);
  KeyIndex index(reader);
  Key key;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!reader.read_usable(row, key)) return false;
    const auto earlier = index.put(row, key);
    if (earlier && !same_row(table, *earlier, row)) return false;
  }
  return true;
}

// Tries `set` with `more` further candidates from position `from` on.
bool extend(const TableRows& table, const Names& candidates, std::size_t from, std::size_t more,
            Names& set) {
  if (more == 0) return is_unique(table, set);
  for (std::size_t c = from; c < candidates.size(); ++c) {
    set.push_back(candidates[c]);
    if (extend(table, candidates, c + 1, more - 1, set)) return true;
    set.pop_back();
  }
  return false;
}

}  // namespace

std::vector<std::string_view> unique_columns(const TableRows& table,
                                             std::span<const std::string_view> key) {
  if (table.rows() < 2 || table.rows() > kMostRows) return {};
  Names set(key.begin(), key.end());
  if (!key.empty()) {
    const Names others = candidates_of(table, key);
    for (std::size_t more = 1; more < kLargestSet; ++more)
      if (extend(table, others, 0, more, set)) return set;
  }
  set.clear();
  const Names all = candidates_of(table, {});
  for (std::size_t size = 1; size <= kLargestSet; ++size)
    if (extend(table, all, 0, size, set))
      return table.rows() >= kFewRows || std::ranges::all_of(set, names_an_identity) ? set
                                                                                     : Names{};
  return {};
}

std::string unique_text(const TableRows& table, std::span<const std::string_view> columns) {
  if (columns.empty()) return "";
  return fmt::format("unique on the {} of this page: {}", counted(table.rows(), "row"),
                     names_text(columns));
}

}  // namespace rules
