// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/column_type.hpp"
#include "destinations/duckdb_api.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace destinations {

// What the values of a column are.
struct DuckColumnType {
  duck::Type type = duck::Type::invalid;
  duck::Type inner = duck::Type::invalid;  // of a DECIMAL: the integer that holds its digits
  int scale = 0;                           // of a DECIMAL

  // Takes the type over and destroys it.
  static DuckColumnType take(const duck::Api& api, duck::LogicalType type);
  // Whether DuckVector gives texts for it; other types have to be cast to VARCHAR.
  bool is_printed() const;
  // What values of it are to Fivetran; `string` for all that it does not know.
  core::ColumnType column_type() const;
};

// Reads the values of one column in one chunk of a result or an argument. Valid as long as the
// chunk is.
class DuckVector {
 public:
  DuckVector(const duck::Api& api, duck::Vector vector, const DuckColumnType& type);

  bool is_null(std::size_t row) const noexcept {
    return validity_ != nullptr && ((validity_[row / 64] >> (row % 64)) & 1) == 0;
  }
  // The canonical text of a value that is not null: protocol/number_text, protocol/time_text.
  std::string text(std::size_t row) const;
  // Of a VARCHAR column.
  std::string_view view(std::size_t row) const;
  // Of a column of booleans, signed integers or timestamps.
  std::int64_t integer(std::size_t row) const;
  const DuckColumnType& type() const noexcept { return type_; }

 private:
  template <class Value>
  const Value& at(std::size_t row) const {
    return static_cast<const Value*>(data_)[row];
  }
  std::string decimal(std::size_t row) const;

  DuckColumnType type_;
  const void* data_;
  const std::uint64_t* validity_;  // a bit a row; null: no value is null
};

}  // namespace destinations
