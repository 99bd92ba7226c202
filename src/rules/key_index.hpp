// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/value.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

// The cells of a row's key, in the order of the key's columns.
using Key = std::vector<const core::Value*>;

// Reads the keys of one table's rows.
class KeyReader {
 public:
  KeyReader(const core::TableRows& table, std::span<const std::string_view> key);

  // The cells of the row's key; a cell is null where the row lacks the column.
  void read(std::size_t row, Key& key) const;
  // The same; false when a column is missing or null.
  bool read_usable(std::size_t row, Key& key) const;
  std::span<const std::string_view> names() const noexcept { return names_; }
  const core::TableRows& table() const noexcept { return table_; }

 private:
  const core::TableRows& table_;
  std::vector<std::string_view> names_;
  std::vector<int> columns_;  // -1: no row of the page has it
};

// "id=7" or "order_id=3, line=1".
std::string key_text(std::span<const std::string_view> names, const Key& key);

// Keys of the rows of one table on one page, for finding equal ones: hashes first, the values
// themselves on a hit. About 16 bytes a row, for as long as the object lives.
class KeyIndex {
 public:
  explicit KeyIndex(KeyReader reader);

  // Remembers the row under its key and returns the row that stood there, if any.
  std::optional<std::size_t> put(std::size_t row, const Key& key);
  std::optional<std::size_t> find(const Key& key) const;

 private:
  std::size_t slot_of(const Key& key, std::uint64_t hash) const;

  KeyReader reader_;
  std::vector<std::uint64_t> hashes_;  // by row
  std::vector<std::uint32_t> slots_;   // row + 1, or 0; linear probing
};

// Two cells that a destination would store alike; a missing cell is like null.
bool same_value(const core::Value* a, const core::Value* b) noexcept;

}  // namespace rules
