// SPDX-License-Identifier: Apache-2.0
#include "core/sync_response.hpp"

#include <algorithm>

namespace core {
namespace {

std::uint64_t count_rows(const std::vector<TableRows>& tables) noexcept {
  std::uint64_t rows = 0;
  for (const TableRows& table : tables) rows += table.rows();
  return rows;
}

template <class Entries>
auto* named(Entries& entries, std::string_view wanted, auto projection) noexcept {
  auto found = std::ranges::find(entries, wanted, projection);
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

char* TextArena::allocate(std::size_t size) {
  constexpr std::size_t kBlock = 65'536;
  if (capacity_ - used_ < size) {
    capacity_ = std::max(size, kBlock);
    used_ = 0;
    blocks_.emplace_back(new char[capacity_]);
  }
  char* text = blocks_.back().get() + used_;
  used_ += size;
  return text;
}

std::uint64_t SyncResponse::insert_rows() const noexcept {
  return count_rows(inserts);
}
std::uint64_t SyncResponse::delete_rows() const noexcept {
  return count_rows(deletes);
}

bool SyncResponse::is_empty() const noexcept {
  return !state_moved_on && insert_rows() == 0 && delete_rows() == 0 &&
         soft_delete_tables.empty() && !soft_delete_all;
}

const SchemaEntry* SyncResponse::schema_of(std::string_view table) const noexcept {
  return named(schema, table, &SchemaEntry::table);
}

const TableRows* SyncResponse::inserts_of(std::string_view table) const noexcept {
  return named(inserts, table, &TableRows::name);
}

const TableRows* SyncResponse::deletes_of(std::string_view table) const noexcept {
  return named(deletes, table, &TableRows::name);
}

}  // namespace core
