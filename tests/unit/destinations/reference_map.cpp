// SPDX-License-Identifier: Apache-2.0
#include "reference_map.hpp"

#include "protocol/widening.hpp"

#include <algorithm>
#include <set>

namespace reference {
namespace {

using core::ColumnType;

const Sent* find(const SentRow& row, const std::string& column) {
  for (const auto& [name, value] : row)
    if (name == column) return &value;
  return nullptr;
}

// The key of a row that is sent, as text; none when a part is missing or null.
std::optional<std::vector<std::string>> key_of(const Table& table, const SentRow& row,
                                               bool in_column_type) {
  std::vector<std::string> key;
  for (const std::string& part : table.key) {
    const Sent* value = find(row, part);
    if (value == nullptr || value->type == ColumnType::none) return std::nullopt;
    const auto column = table.columns.find(part);
    const ColumnType to =
        in_column_type && column != table.columns.end() ? column->second.type : ColumnType::string;
    key.push_back(protocol::convert(value->text, value->type, to));
  }
  return key;
}

std::vector<std::string> stored_key(const Table& table, const Row& row) {
  std::vector<std::string> key;
  for (const std::string& part : table.key) {
    const auto cell = row.cells.find(part);
    key.push_back(cell == row.cells.end() ? "" : cell->second);
  }
  return key;
}

// Counts the number's digits into the column.
void count_digits(Column& column, const std::string& text, ColumnType type) {
  std::string digits = protocol::convert(text, type, ColumnType::decimal);
  std::erase(digits, '-');
  const std::size_t point = std::min(digits.find('.'), digits.size());
  column.whole = std::max(column.whole, digits.starts_with("0") ? 0 : point);
  if (point < digits.size()) column.fraction = std::max(column.fraction, digits.size() - point - 1);
}

// A DECIMAL column holds 38 digits; where its values together need more, it holds texts.
void limit_decimals(const Table& table, const std::vector<const SentRow*>& accepted,
                    std::map<std::string, Column>& wider) {
  for (auto& [name, column] : wider) {
    if (column.type != ColumnType::decimal) continue;
    const auto before = table.columns.find(name);
    if (before != table.columns.end() && before->second.type != ColumnType::decimal)
      for (const Row& row : table.rows)
        if (const auto cell = row.cells.find(name); cell != row.cells.end())
          count_digits(column, cell->second, before->second.type);
    for (const SentRow* row : accepted)
      if (const Sent* value = find(*row, name); value != nullptr && value->type != ColumnType::none)
        count_digits(column, value->text, value->type);
    if (column.whole + column.fraction > 38) column.type = ColumnType::string;
  }
}

// Makes room for the types of the accepted rows and converts what is stored.
void widen(Table& table, const std::vector<const SentRow*>& accepted) {
  std::map<std::string, Column> wider = table.columns;
  for (const SentRow* row : accepted)
    for (const auto& [name, value] : *row)
      if (value.type != ColumnType::none && value.beyond_double) wider[name].beyond_double = true;
  for (const SentRow* row : accepted)
    for (const auto& [name, value] : *row) {
      if (value.type == ColumnType::none) continue;
      Column& column = wider[name];
      column.type = protocol::widen(column.type, value.type, column.beyond_double);
    }
  limit_decimals(table, accepted, wider);
  for (Row& row : table.rows)
    for (auto& [name, text] : row.cells)
      if (wider[name].type != table.columns[name].type)
        text = protocol::convert(text, table.columns[name].type, wider[name].type);
  table.columns = std::move(wider);
}

}  // namespace

void Map::apply(int sync, const SentPage& page) {
  for (const auto& [name, sent] : page) {
    auto known = tables_.find(name);
    Table fresh;
    fresh.key = sent.schema_key;
    Table& target = known == tables_.end() ? fresh : known->second;
    target.counts = {};
    std::uint64_t accepted = 0;
    for (const SentRow& row : sent.inserts) accepted += key_of(target, row, false).has_value();
    const bool exists = known != tables_.end();
    const bool soft = sent.soft_delete || mode_ == core::DeleteMode::soft;
    if ((exists || accepted > 0) && (sent.soft_delete || (soft && !sent.deletes.empty())))
      target.has_deleted = true;
    if (sent.soft_delete) mark(target, sync);
    insert(target, sync, sent.inserts);
    remove(target, sync, sent.deletes, soft);
    if (sent.soft_delete) {
      // What counts is what is left marked of the rows that were not marked before.
      std::uint64_t left = 0;
      for (const Row& row : target.rows) left += row.deleted && row.sync == -sync;
      target.counts.soft_marked = left;
    }
    for (Row& row : target.rows) row.sync = std::abs(row.sync);
    if (!exists && accepted > 0) tables_.emplace(name, std::move(fresh));
  }
}

// A row that is marked now remembers it by a negative sync number until the page is done.
void Map::mark(Table& table, int sync) {
  for (Row& row : table.rows)
    if (row.sync < sync && !row.deleted) {
      row.deleted = true;
      row.sync = -sync;
    }
}

void Map::insert(Table& table, int sync, const std::vector<SentRow>& rows) {
  std::vector<const SentRow*> accepted;
  for (const SentRow& row : rows) {
    if (key_of(table, row, false))
      accepted.push_back(&row);
    else
      ++table.counts.rejected;
  }
  if (accepted.empty()) return;
  widen(table, accepted);
  if (table.batch != sync) {
    table.batch = sync;
    table.next_index = 0;
  }
  std::set<std::vector<std::string>> in_page;
  for (const SentRow* sent : accepted) {
    Row row;
    row.sync = sync;
    for (const auto& [name, value] : *sent)
      if (value.type != ColumnType::none)
        row.cells[name] = protocol::convert(value.text, value.type, table.columns[name].type);
    ++table.counts.inserted;
    if (table.key.empty()) {
      row.batch = sync;
      row.index = table.next_index++;
      table.rows.push_back(std::move(row));
      continue;
    }
    const std::vector<std::string> key = *key_of(table, *sent, true);
    const auto old = std::ranges::find_if(
        table.rows, [&](const Row& stored) { return stored_key(table, stored) == key; });
    if (old == table.rows.end()) {
      table.rows.push_back(std::move(row));
    } else {
      if (!in_page.contains(key)) {
        ++table.counts.replaced;
        const bool earlier_sync = old->sync != sync;
        table.counts.unchanged +=
            earlier_sync && old->cells == row.cells && (!old->deleted || old->sync == -sync);
        table.counts.lacking += std::ranges::any_of(
            old->cells, [&](const auto& cell) { return find(*sent, cell.first) == nullptr; });
      }
      *old = std::move(row);
    }
    in_page.insert(key);
  }
}

void Map::remove(Table& table, int sync, const std::vector<SentRow>& rows, bool soft) {
  std::set<std::vector<std::string>> known;
  for (const Row& row : table.rows) known.insert(stored_key(table, row));
  for (const SentRow& row : rows) {
    const auto key = table.key.empty() ? std::nullopt : key_of(table, row, false);
    if (!key) {
      ++table.counts.rejected;
      continue;
    }
    if (!known.contains(*key)) ++table.counts.unknown_deletes;
    const auto old = std::ranges::find_if(
        table.rows, [&](const Row& stored) { return stored_key(table, stored) == *key; });
    if (old == table.rows.end()) continue;
    ++table.counts.deleted;
    if (soft) {
      old->deleted = true;
      old->sync = sync;
    } else {
      table.rows.erase(old);
    }
  }
}

}  // namespace reference
