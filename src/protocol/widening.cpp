// SPDX-License-Identifier: Apache-2.0
#include "protocol/widening.hpp"

#include "protocol/json_text.hpp"
#include "protocol/number_text.hpp"
#include "protocol/time_text.hpp"

#include <algorithm>
#include <charconv>

namespace protocol {
namespace {

using core::ColumnType;

bool is_integer(ColumnType type) {
  return type >= ColumnType::short_integer && type <= ColumnType::long_integer;
}

// DECIMAL keeps any digits, DOUBLE only those that went through a double unchanged.
ColumnType widen_numbers(ColumnType a, ColumnType b) {
  if (is_integer(a) && is_integer(b)) return std::max(a, b);
  const bool decimal = a == ColumnType::decimal || b == ColumnType::decimal;
  return decimal ? ColumnType::decimal : ColumnType::double_float;
}

ColumnType join(ColumnType a, ColumnType b) {
  if (a == b || b == ColumnType::none) return a;
  if (a == ColumnType::none) return b;
  if (a == ColumnType::json || b == ColumnType::json) return ColumnType::json;
  if (is_number(a) && is_number(b)) return widen_numbers(a, b);
  if (is_time(a) && is_time(b)) return std::max(a, b);
  return ColumnType::string;
}

// A value in the canonical text of its own type.
std::string canonical_of(std::string_view text, ColumnType type) {
  switch (type) {
    case ColumnType::double_float: {
      double value = 0;
      std::from_chars(text.data(), text.data() + text.size(), value);
      return double_text(value);
    }
    case ColumnType::short_integer:
    case ColumnType::integer:
    case ColumnType::long_integer:
    case ColumnType::decimal: return decimal_text(text);
    case ColumnType::local_date_time: return local_date_time_text(text);
    case ColumnType::instant: return instant_text(text);
    default: return std::string(text);
  }
}

std::string to_json(std::string_view text, ColumnType from) {
  if (from == ColumnType::json || from == ColumnType::boolean) return std::string(text);
  if (is_number(from)) return canonical_of(text, from);
  return quote(text);
}

}  // namespace

bool is_number(ColumnType type) {
  return type >= ColumnType::short_integer && type <= ColumnType::double_float;
}
bool is_time(ColumnType type) {
  return type >= ColumnType::local_date && type <= ColumnType::instant;
}

bool same_family(ColumnType a, ColumnType b) {
  return (is_number(a) && is_number(b)) || (is_time(a) && is_time(b));
}

ColumnType widen(ColumnType a, ColumnType b, bool beyond_double) {
  const ColumnType joined = join(a, b);
  return joined == ColumnType::double_float && beyond_double ? ColumnType::decimal : joined;
}

std::string convert(std::string_view text, ColumnType from, ColumnType to) {
  switch (to) {
    case ColumnType::decimal: return decimal_text(text);
    case ColumnType::local_date_time: return local_date_time_text(text);
    case ColumnType::instant: return instant_text(text);
    // What came as a text stays as it was sent; a number gets the digits it is known by.
    case ColumnType::string: return is_number(from) ? canonical_of(text, from) : std::string(text);
    case ColumnType::json: return to_json(text, from);
    default: return canonical_of(text, to);
  }
}

}  // namespace protocol
