// SPDX-License-Identifier: Apache-2.0
#include "core/content_trace.hpp"

#include "base/hash.hpp"

#include <algorithm>

namespace core {
namespace {

std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

// Whatever the order of the columns.
std::uint64_t content_of(const TableRows& table, std::size_t row,
                         const std::vector<std::uint64_t>& column_hashes) {
  std::uint64_t content = 0;
  for (const Value& cell : table.row(row))
    if (column_hashes[cell.column] != 0 && !cell.is_null())
      content += mixed(column_hashes[cell.column] ^ base::hash64(cell.text()));
  return content;
}

}  // namespace

void ContentTrace::absorb(const TableRows& rows, std::span<const std::string_view> key) {
  if (rows_ >= kMostRows) return;
  std::vector<std::uint64_t> column_hashes;  // 0: a part of the key
  for (const PageColumn& column : rows.columns) {
    const bool in_key = std::ranges::find(key, column.name) != key.end();
    column_hashes.push_back(in_key ? 0 : mixed(base::hash64(column.name)) | 1);
  }
  for (std::size_t row = 0; row < rows.rows() && rows_ < kMostRows; ++row, ++rows_) {
    const std::uint64_t content = content_of(rows, row, column_hashes);
    digest_ = mixed(digest_ + content + 1);
    if (distinct_.size() < kMostDistinct &&
        std::ranges::find(distinct_, content) == distinct_.end())
      distinct_.push_back(content);
  }
}

}  // namespace core
