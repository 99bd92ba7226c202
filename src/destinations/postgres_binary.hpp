// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/cell.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

namespace destinations {

// Values in the binary form in which PostgreSQL sends and receives them, appended to `bytes`.

template <class Integer>
void put_big_endian(std::string& bytes, Integer value) {
  const auto bits = static_cast<std::make_unsigned_t<Integer>>(value);
  for (std::size_t byte = sizeof bits; byte-- > 0;)
    bytes += static_cast<char>(bits >> (8 * byte) & 0xFF);
}

// With its length in front, as a field of COPY.
template <class Integer>
void put_field(std::string& bytes, Integer value) {
  put_big_endian(bytes, static_cast<std::int32_t>(sizeof value));
  put_big_endian(bytes, value);
}

// A cell as a field of a column of that type; null and absent as null. Times and decimals are in
// the canonical text of their type.
void put_cell(std::string& bytes, const Cell& cell, core::ColumnType type);

}  // namespace destinations
