// SPDX-License-Identifier: Apache-2.0
#include "rules/key_index.hpp"

#include "base/hash.hpp"
#include "rules/texts.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

namespace rules {
namespace {

std::uint64_t hash_of(const Key& key) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ull;
  for (const core::Value* value : key) {
    hash ^= base::hash64(value->text()) + static_cast<std::uint64_t>(value->kind);
    hash *= 0xBF58476D1CE4E5B9ull;
    hash ^= hash >> 31;
  }
  return hash;
}

bool same_key(const Key& a, const Key& b) {
  return std::ranges::equal(a, b, same_value);
}

bool is_whole(const core::Value& value) {
  switch (value.type) {
    case core::ColumnType::short_integer:
    case core::ColumnType::integer:
    case core::ColumnType::long_integer: return value.text().front() != '-';
    default: return false;
  }
}

bool is_below(const core::Value& a, const core::Value& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == core::JsonKind::string) return a.text() < b.text();
  return is_whole(a) && is_whole(b) && (a.size != b.size ? a.size < b.size : a.text() < b.text());
}

}  // namespace

KeyReader::KeyReader(const core::TableRows& table, std::span<const std::string_view> key)
    : table_(table) {
  for (const std::string_view name : key) {
    if (std::ranges::find(names_, name) != names_.end()) continue;
    names_.push_back(name);
    columns_.push_back(table.column_index(name));
  }
}

void KeyReader::read(std::size_t row, Key& key) const {
  key.clear();
  const core::Row cells = table_.row(row);
  for (const int column : columns_) key.push_back(core::find(cells, column));
}

bool KeyReader::read_usable(std::size_t row, Key& key) const {
  read(row, key);
  return std::ranges::none_of(
      key, [](const core::Value* value) { return value == nullptr || value->is_null(); });
}

bool KeyReader::ascends() const {
  if (columns_.size() != 1) return false;
  const core::Value* before = nullptr;
  for (std::size_t row = 0; row < table_.rows(); ++row) {
    const core::Value* value = core::find(table_.row(row), columns_.front());
    if (value == nullptr || (before != nullptr && !is_below(*before, *value))) return false;
    before = value;
  }
  return true;
}

std::string key_text(std::span<const std::string_view> names, const Key& key) {
  std::string text;
  for (std::size_t i = 0; i < key.size(); ++i)
    text += fmt::format("{}{}={}", i == 0 ? "" : ", ", names[i],
                        key[i] == nullptr ? "(missing)" : value_text(*key[i]));
  return text;
}

// A part gets its share of the keys and some more, as hashes fall.
KeyIndex::KeyIndex(KeyReader reader, std::size_t part, std::size_t parts)
    : reader_(std::move(reader)),
      part_(part),
      parts_(parts),
      slots_(std::bit_ceil(2 * (reader_.table().rows() / parts) + 1024)) {}

std::size_t KeyIndex::slot_of(const Key& key, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    if (static_cast<std::uint32_t>(slots_[slot]) != static_cast<std::uint32_t>(hash >> 8)) continue;
    reader_.read(row_in(slots_[slot]), stored_);
    if (same_key(stored_, key)) break;
  }
  return slot;
}

std::optional<std::size_t> KeyIndex::put(std::size_t row, const Key& key) {
  const std::uint64_t hash = hash_of(key);
  if (!is_of_part(hash)) return std::nullopt;
  Slot& slot = slots_[slot_of(key, hash)];
  const Slot before = slot;
  slot = static_cast<Slot>(row + 1) << 32 | static_cast<std::uint32_t>(hash >> 8);
  if (before == 0) return std::nullopt;
  return row_in(before);
}

std::optional<std::size_t> KeyIndex::find(const Key& key) const {
  const std::uint64_t hash = hash_of(key);
  if (!is_of_part(hash)) return std::nullopt;
  const Slot found = slots_[slot_of(key, hash)];
  if (found == 0) return std::nullopt;
  return row_in(found);
}

bool same_value(const core::Value* a, const core::Value* b) noexcept {
  const bool a_null = a == nullptr || a->is_null(), b_null = b == nullptr || b->is_null();
  if (a_null || b_null) return a_null && b_null;
  return a->kind == b->kind && a->text() == b->text();
}

}  // namespace rules
