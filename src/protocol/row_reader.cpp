// SPDX-License-Identifier: Apache-2.0
#include "protocol/row_reader.hpp"

#include "protocol/classify.hpp"
#include "protocol/pointer.hpp"
#include "protocol/unescape.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace protocol {

using core::ColumnType;
using core::JsonKind;

void PageContext::misplaced(std::string_view field, std::string_view table, std::string pointer,
                            JsonKind kind) {
  core::ParseFacts& facts = response.facts;
  if (facts.misplaced.size() < core::ParseFacts::kListed)
    facts.misplaced.push_back({field, table, std::move(pointer), kind});
  ++facts.misplaced_count;
}

void PageContext::duplicate(std::string pointer, std::string_view key) {
  core::ParseFacts& facts = response.facts;
  if (facts.duplicate_keys.size() < core::ParseFacts::kListed)
    facts.duplicate_keys.push_back({std::move(pointer), std::string(key)});
  ++facts.duplicate_key_count;
}

std::string_view PageContext::text_of(const RawString& string) {
  if (!string.escaped) return string.content;
  char* text = response.arena.allocate(string.content.size());
  const auto length = unescape(string.content, text, response.facts.replaced_characters);
  return {text, static_cast<std::size_t>(length)};
}

RowReader::RowReader(PageContext& page, std::string_view field, core::TableRows& table)
    : page_(page), field_(field), table_(table) {}

bool RowReader::read() {
  JsonCursor& cursor = page_.cursor;
  if (cursor.peek() != '[') {
    Walked walked;
    if (!cursor.take_value(walked)) return false;
    page_.misplaced(field_, table_.name, pointer({field_, table_.name}), walked.kind);
    return true;
  }
  cursor.take('[');
  if (cursor.take(']')) return true;
  std::uint32_t position = 0;
  for (bool more = true; more; ++position) {
    if (cursor.peek() == '{') {
      if (!read_row()) return false;
    } else {
      Walked walked;
      if (!cursor.take_value(walked)) return false;
      table_.skipped.push_back(position);
      page_.misplaced(field_, table_.name, pointer({field_, table_.name, fmt::to_string(position)}),
                      walked.kind);
    }
    if (!cursor.take_separator(']', more)) return false;
  }
  return true;
}

bool RowReader::read_row() {
  JsonCursor& cursor = page_.cursor;
  cursor.take('{');
  expected_ = 0;
  bool more = !cursor.take('}');
  while (more) {
    std::uint16_t column = kNoColumn;
    if (!take_column(column)) return false;
    if (column == kNoColumn) {
      Walked dropped;
      if (!cursor.take_value(dropped)) return false;
      ++table_.columns_dropped;
    } else if (!read_cell(column)) {
      return false;
    }
    if (!cursor.take_separator('}', more)) return false;
  }
  table_.row_ends.push_back(static_cast<std::uint32_t>(table_.cells.size()));
  return true;
}

bool RowReader::read_cell(std::uint16_t column) {
  Walked walked;
  if (!page_.cursor.take_value(walked)) return false;
  const auto row = static_cast<std::uint32_t>(table_.row_ends.size());
  core::Value* cell = nullptr;
  if (last_row_[column] == row + 1) {
    page_.duplicate(pointer({field_, table_.name, fmt::to_string(table_.position(row))}),
                    table_.columns[column].name);
    for (std::size_t i = table_.cells.size(); i-- > 0 && cell == nullptr;)
      if (table_.cells[i].column == column) cell = &table_.cells[i];
  } else {
    last_row_[column] = row + 1;
    if (table_.cells.size() == table_.cells.capacity()) make_room();
    cell = &table_.cells.emplace_back();
    cell->column = column;
  }
  const std::uint64_t replaced = page_.response.facts.replaced_characters;
  set_value(*cell, walked);
  if (replaced == 0 && page_.response.facts.replaced_characters > 0)
    page_.response.facts.first_replaced = pointer(
        {field_, table_.name, fmt::to_string(table_.position(row)), table_.columns[column].name});
  count(*cell);
  return true;
}

// A table that has grown large gets room for all that may still come, instead of being copied again
// and again: a cell is a key, a colon, a value and a comma. What stays unused costs no memory.
void RowReader::make_room() {
  constexpr std::size_t kLarge = 16'384;
  if (table_.cells.size() >= kLarge)
    table_.cells.reserve(table_.cells.size() + page_.cursor.tokens_left() / 4 + 2);
}

void RowReader::set_value(core::Value& cell, const Walked& walked) {
  std::string_view text = walked.raw;
  cell.kind = walked.kind;
  switch (walked.kind) {
    case JsonKind::string:
      text = page_.text_of(walked.string);
      cell.type = page_.types.dates ? classify_string(text) : ColumnType::string;
      break;
    case JsonKind::number:
      cell.type = classify_number(text, page_.types.fraction_as_decimal);
      break;
    case JsonKind::boolean: cell.type = ColumnType::boolean; break;
    case JsonKind::object:
    case JsonKind::array:
      text = normal_form(walked);
      cell.type = walked.kind == JsonKind::object || page_.types.arrays_as_json
                      ? ColumnType::json
                      : ColumnType::string;
      break;
    case JsonKind::null:
    case JsonKind::absent: cell.type = ColumnType::none; break;
  }
  cell.data = text.data();
  cell.size = static_cast<std::uint32_t>(text.size());
}

std::string_view RowReader::normal_form(const Walked& walked) {
  if (!walked.spaced && !walked.escaped) return walked.raw;
  normal_.clear();
  if (walked.spaced) {
    copy_tokens(walked);
  } else {
    copy_escaped(walked.raw);
  }
  char* text = page_.response.arena.allocate(normal_.size());
  std::copy(normal_.begin(), normal_.end(), text);
  return {text, normal_.size()};
}

// Copies the tokens of a container without what stands between them.
void RowReader::copy_tokens(const Walked& walked) {
  const std::string_view body = page_.response.body.view();
  const std::size_t end =
      static_cast<std::size_t>(walked.raw.data() - body.data()) + walked.raw.size();
  for (const std::uint32_t* token = walked.tokens_begin; token != walked.tokens_end; ++token) {
    const std::size_t next = token + 1 == walked.tokens_end ? end : token[1];
    std::string_view piece = body.substr(*token, next - *token);
    while (JsonCursor::is_space(piece.back())) piece.remove_suffix(1);
    if (walked.escaped) {
      copy_escaped(piece);
    } else {
      normal_ += piece;
    }
  }
}

// Copies JSON whose strings have escapes, those that need none resolved. Backslashes stand in
// strings only, and an escape has to do with no other but its neighbours (a surrogate pair).
void RowReader::copy_escaped(std::string_view json) {
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t begin = std::min(json.find('\\', at), json.size());
    normal_ += json.substr(at, begin - at);
    std::size_t end = begin;
    while (end < json.size() && json[end] == '\\') end += json[end + 1] == 'u' ? 6 : 2;
    if (end > begin) append_resolved(json.substr(begin, end - begin));
    at = end;
  }
}

void RowReader::append_resolved(std::string_view escapes) {
  unescaped_.resize(std::max(unescaped_.size(), escapes.size()));
  const auto length =
      unescape(escapes, unescaped_.data(), page_.response.facts.replaced_characters);
  append_escaped(normal_, std::string_view(unescaped_).substr(0, static_cast<std::size_t>(length)));
}

// Most rows have their keys in the order of the row before.
bool RowReader::take_column(std::uint16_t& column) {
  if (expected_ < plain_columns_ && page_.cursor.take_known_key(table_.columns[expected_].name)) {
    column = expected_++;
    return true;
  }
  RawString key;
  if (!page_.cursor.take_key(key)) return false;
  column = column_of(page_.text_of(key));
  return true;
}

std::uint16_t RowReader::column_of(std::string_view name) {
  constexpr std::size_t kFew = 16;
  int found = -1;
  if (table_.columns.size() <= kFew) {
    found = table_.column_index(name);
  } else {
    for (std::size_t i = by_name_.size(); i < table_.columns.size(); ++i)
      by_name_.emplace(table_.columns[i].name, static_cast<std::uint16_t>(i));
    if (const auto it = by_name_.find(name); it != by_name_.end()) found = it->second;
  }
  const std::uint16_t column = found >= 0 ? static_cast<std::uint16_t>(found) : add_column(name);
  if (column != kNoColumn) expected_ = static_cast<std::uint16_t>(column + 1);
  return column;
}

std::uint16_t RowReader::add_column(std::string_view name) {
  if (table_.columns.size() == core::TableRows::kMaxColumns) return kNoColumn;
  table_.columns.push_back({});
  table_.columns.back().name = name;
  last_row_.push_back(0);
  if (plain_columns_ + 1u == table_.columns.size() && name.find('\\') == name.npos)
    ++plain_columns_;
  return static_cast<std::uint16_t>(table_.columns.size() - 1);
}

void RowReader::count(const core::Value& cell) {
  if (cell.is_null()) return;
  core::PageColumn& column = table_.columns[cell.column];
  ++column.values;
  const auto bit = static_cast<std::uint16_t>(1u << static_cast<int>(cell.type));
  if ((column.types & bit) == 0) {
    column.types = static_cast<std::uint16_t>(column.types | bit);
    column.first_row[static_cast<int>(cell.type)] =
        static_cast<std::uint32_t>(table_.row_ends.size());
  }
  if (cell.kind == JsonKind::number && cell.size > 15 && cell.type != ColumnType::double_float)
    column.beyond_double = column.beyond_double || beyond_double(cell.text());
}

}  // namespace protocol
