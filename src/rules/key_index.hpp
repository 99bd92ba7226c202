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
  // Whether the keys are one column and each row's is above the row's before it, which tells
  // without an index that no two are equal: numbers by their digits (whole ones that are not
  // negative), texts by their bytes. False says nothing.
  bool ascends() const;
  std::span<const std::string_view> names() const noexcept { return names_; }
  const core::TableRows& table() const noexcept { return table_; }

 private:
  const core::TableRows& table_;
  std::vector<std::string_view> names_;
  std::vector<int> columns_;  // -1: no row of the page has it
};

// "id=7" or "order_id=3, line=1".
std::string key_text(std::span<const std::string_view> names, const Key& key);

// Keys of the rows of one table on one page, for finding equal ones: a hash first, the values
// themselves on a hit. At most 32 bytes a row, for as long as the object lives. A large page is
// looked through in several parts, so that an index keeps to the budget of design §3: each part
// takes the keys of its own and passes over the rest.
class KeyIndex {
 public:
  explicit KeyIndex(KeyReader reader, std::size_t part = 0, std::size_t parts = 1);

  // Remembers the row under its key and returns the row that stood there, if any.
  std::optional<std::size_t> put(std::size_t row, const Key& key);
  std::optional<std::size_t> find(const Key& key) const;

  // How many parts a page with that many rows needs to keep to 48 MB.
  static std::size_t parts_for(std::size_t rows) noexcept { return rows / kMostRows + 1; }

 private:
  // row + 1 in the upper half and a piece of the hash in the lower one; 0: free.
  using Slot = std::uint64_t;
  static constexpr std::size_t kMostRows = 1'500'000;

  bool is_of_part(std::uint64_t hash) const noexcept { return (hash >> 40) % parts_ == part_; }
  std::size_t slot_of(const Key& key, std::uint64_t hash) const;
  static std::size_t row_in(Slot slot) noexcept { return static_cast<std::size_t>(slot >> 32) - 1; }

  KeyReader reader_;
  std::size_t part_, parts_;
  std::vector<Slot> slots_;  // linear probing
  mutable Key stored_;
};

// Two cells that a destination would store alike; a missing cell is like null.
bool same_value(const core::Value* a, const core::Value* b) noexcept;

}  // namespace rules
