// SPDX-License-Identifier: Apache-2.0
#include "destinations/stored_facts.hpp"

#include <algorithm>
#include <chrono>

namespace destinations {

std::int64_t stored_count(std::int64_t value) noexcept {
  return std::clamp<std::int64_t>(value, 0, std::int64_t{1} << 53);
}

int stored_number(std::int64_t value) noexcept {
  return static_cast<int>(std::clamp<std::int64_t>(value, 0, 1'000'000'000));
}

int stored_digits(std::int64_t value) noexcept {
  return static_cast<int>(std::clamp<std::int64_t>(value, 0, 1000));
}

core::WallTime stored_time(std::int64_t milliseconds) noexcept {
  using std::chrono::year;
  const core::WallTime first = std::chrono::sys_days(year{1} / 1 / 1);
  const core::WallTime last = std::chrono::sys_days(year{9999} / 12 / 31);
  return std::clamp(core::WallTime(std::chrono::milliseconds(milliseconds)), first, last);
}

void StoredKeys::add(const std::string& table, std::int64_t position, const std::string& column) {
  if (position > 0) columns_[table][position] = column;
}

void StoredKeys::write_to(Catalog& catalog) const {
  for (const auto& [name, columns] : columns_) {
    const auto table = catalog.find(name);
    if (table == catalog.end()) continue;
    table->second.primary_key.clear();
    for (const auto& [position, column] : columns) table->second.primary_key.push_back(column);
  }
}

}  // namespace destinations
