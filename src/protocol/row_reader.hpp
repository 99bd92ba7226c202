// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sync_response.hpp"
#include "core/value.hpp"
#include "protocol/json_cursor.hpp"
#include "protocol/type_rules.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace protocol {

// What all parts of the parser write to.
struct PageContext {
  core::SyncResponse& response;
  JsonCursor& cursor;
  const TypeRules& types;
  // Notes a fact of misplacement, the first core::ParseFacts::kListed of them.
  void misplaced(std::string_view field, std::string_view table, std::string pointer,
                 core::JsonKind kind);
  void duplicate(std::string pointer, std::string_view key);
  // The text of a string: a view into the body, or into the arena when it had escapes.
  std::string_view text_of(const RawString& string);
};

// Reads the array of rows of one table into flat cells, inferring types on the way.
class RowReader {
 public:
  // `field` is "insert" or "delete".
  RowReader(PageContext& page, std::string_view field, core::TableRows& table);

  // The cursor stands before the table's value. False: a syntax fault.
  bool read();

 private:
  bool read_row();
  bool read_cell(std::uint16_t column);
  void make_room();
  void set_value(core::Value& cell, const Walked& walked);
  std::string_view normal_form(const Walked& walked);
  // Parts of `normal_form`: they append to normal_.
  void copy_tokens(const Walked& walked);
  void copy_escaped(std::string_view json);
  void append_resolved(std::string_view escapes);
  // Reads a key and its colon. `column` is the index of its column, made if new; kNoColumn beyond
  // TableRows::kMaxColumns.
  bool take_column(std::uint16_t& column);
  std::uint16_t column_of(std::string_view name);
  std::uint16_t add_column(std::string_view name);
  void count(const core::Value& cell);

  static constexpr std::uint16_t kNoColumn = 0xFFFF;

  PageContext& page_;
  std::string_view field_;
  core::TableRows& table_;
  std::uint16_t expected_ = 0;       // rows mostly repeat the column order of the row before
  std::uint16_t plain_columns_ = 0;  // the first columns, up to one with a backslash in its name
  std::string normal_, unescaped_;   // memory of `normal_form`
  std::vector<std::uint32_t> last_row_;  // row + 1 in which the column was last set
  std::unordered_map<std::string_view, std::uint16_t> by_name_;  // once there are many columns
};

}  // namespace protocol
