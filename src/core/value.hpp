// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/column_type.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace core {

enum class JsonKind : std::uint8_t { absent, null, boolean, number, string, object, array };
std::string_view name(JsonKind kind);  // "null", "boolean", "number", …

// One cell of a row: 16 bytes that point into the page it came from.
//   number   the digits as the connector wrote them
//   string   the text, escapes resolved; U+0000 and lone surrogates already replaced by U+FFFD
//   boolean  "true" or "false"
//   object, array   JSON in normal form: no white space outside strings, escapes only where JSON
//                   demands them, digits and key order as sent
struct Value {
  const char* data = nullptr;
  std::uint32_t size = 0;
  std::uint16_t column = 0;  // index into TableRows::columns
  JsonKind kind = JsonKind::absent;
  ColumnType type = ColumnType::none;  // the narrowest type that holds this value

  std::string_view text() const noexcept { return {data, size}; }
  bool is_null() const noexcept { return kind == JsonKind::null || kind == JsonKind::absent; }
};
static_assert(sizeof(Value) == 16);

// A column of one table in one page.
struct PageColumn {
  std::string_view name;       // as the connector wrote it
  std::uint16_t types = 0;     // bit n: a value of ColumnType n was seen
  bool beyond_double = false;  // an integer outside ±(2^53-1) was seen: a double would change it
  std::uint32_t values = 0;    // cells that are not null
  std::uint32_t first_row[kColumnTypes] = {};  // the first row with that type, where its bit is set
  bool has(ColumnType type) const noexcept { return (types >> static_cast<int>(type)) & 1; }
};

// The cells of one row, in the order in which the connector wrote them; a column that the row lacks
// has no cell. Of a key that a row holds twice only the last value is here.
using Row = std::span<const Value>;

// The rows of one table under `insert` or `delete`: flat arrays, no allocation per row.
struct TableRows {
  std::string_view name;                // the table as the connector wrote it
  std::vector<PageColumn> columns;      // in order of first appearance
  std::vector<Value> cells;             // row after row
  std::vector<std::uint32_t> row_ends;  // end of row i in `cells`
  // Position of row i in the response's array: differs from i only where an element was not an
  // object.
  std::vector<std::uint32_t> skipped;  // positions of elements that are not objects, ascending
  std::uint64_t columns_dropped = 0;   // cells of columns beyond kMaxColumns, not kept

  static constexpr std::size_t kMaxColumns = 4000;

  std::size_t rows() const noexcept { return row_ends.size(); }
  Row row(std::size_t i) const noexcept {
    const std::size_t begin = i == 0 ? 0 : row_ends[i - 1];
    return Row(cells.data() + begin, row_ends[i] - begin);
  }
  // The index of the column of that name, or -1.
  int column_index(std::string_view column) const noexcept;
  // The JSON pointer position of row i in its array.
  std::size_t position(std::size_t i) const noexcept;
};

// The cell of `column` in `row`, or null when the row lacks it.
const Value* find(Row row, int column) noexcept;

}  // namespace core
