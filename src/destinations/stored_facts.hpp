// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/load.hpp"
#include "destinations/page_plan.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

// What our own tables hold, as it is read back. Whoever can write the warehouse can write them as
// well, so each number is brought into the range that it has when this program wrote it: a
// warehouse that was tampered with gives wrong figures at worst.
namespace destinations {

std::int64_t stored_count(std::int64_t value) noexcept;  // rows, batches, indexes: 0 … 2^53
int stored_number(std::int64_t value) noexcept;          // of a sync or call: 0 … 10^9
int stored_digits(std::int64_t value) noexcept;          // of a DECIMAL column: 0 … 1000
// Milliseconds since 1970; years 1 to 9999.
core::WallTime stored_time(std::int64_t milliseconds) noexcept;

// The places of columns in the keys of their tables, as they are read.
class StoredKeys {
 public:
  // `position` counts from 1; anything below: the column is not part of the key.
  void add(const std::string& table, std::int64_t position, const std::string& column);
  // Gives each table its key; gaps in the positions do not matter.
  void write_to(Catalog& catalog) const;

 private:
  std::map<std::string, std::map<std::int64_t, std::string>, std::less<>> columns_;
};

}  // namespace destinations
