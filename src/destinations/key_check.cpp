// SPDX-License-Identifier: Apache-2.0
#include "destinations/key_check.hpp"

#include "protocol/classify.hpp"

#include <algorithm>
#include <cstdint>

namespace destinations {
namespace {

// True when the counts of the page's columns already say that no row lacks a part of its key.
bool all_have_key(const core::TableRows& rows, const std::vector<int>& key_part,
                  std::size_t key_size) {
  std::vector<bool> full(key_size);
  for (std::size_t c = 0; c < key_part.size(); ++c) {
    if (key_part[c] < 0) continue;
    const auto part = static_cast<std::size_t>(key_part[c]);
    if (full[part] || rows.columns[c].values != rows.rows()) return false;
    full[part] = true;
  }
  return std::ranges::all_of(full, [](bool there) { return there; });
}

void count(core::PageColumn& column, const core::Value& cell, std::size_t row) {
  ++column.values;
  if (!column.has(cell.type)) {
    column.types = static_cast<std::uint16_t>(column.types | 1u << static_cast<int>(cell.type));
    column.first_row[static_cast<int>(cell.type)] = static_cast<std::uint32_t>(row);
  }
  const bool whole = cell.kind == core::JsonKind::number &&
                     cell.text().find_first_of(".eE") == std::string_view::npos;
  if (whole && protocol::beyond_double(cell.text())) column.beyond_double = true;
}

}  // namespace

std::vector<bool> rows_with_key(const core::TableRows& rows, const std::vector<int>& key_part,
                                std::size_t key_size, bool exact_counts) {
  if (exact_counts && all_have_key(rows, key_part, key_size)) return {};
  std::vector<bool> usable(rows.rows());
  std::vector<bool> present(key_size);
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    std::fill(present.begin(), present.end(), false);
    for (const core::Value& cell : rows.row(i))
      if (const int part = key_part[cell.column]; part >= 0)
        present[static_cast<std::size_t>(part)] = !cell.is_null();
    usable[i] = std::ranges::all_of(present, [](bool there) { return there; });
  }
  if (std::ranges::all_of(usable, [](bool good) { return good; })) return {};
  return usable;
}

std::vector<core::PageColumn> columns_of_usable(const core::TableRows& rows,
                                                const std::vector<bool>& usable) {
  std::vector<core::PageColumn> columns(rows.columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) columns[c].name = rows.columns[c].name;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    if (!usable[i]) continue;
    for (const core::Value& cell : rows.row(i))
      if (!cell.is_null()) count(columns[cell.column], cell, i);
  }
  return columns;
}

}  // namespace destinations
