// SPDX-License-Identifier: Apache-2.0
#include "destinations/cell.hpp"

#include "protocol/number_text.hpp"
#include "protocol/time_text.hpp"
#include "protocol/widening.hpp"

#include <charconv>

namespace destinations {
namespace {

using core::ColumnType;

template <class Number>
bool parse(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

void set_integer(Cell& cell, std::int64_t value) {
  cell.form = CellForm::integer;
  cell.integer = value;
}
void set_real(Cell& cell, double value) {
  cell.form = CellForm::real;
  cell.real = value;
}
void set_text(Cell& cell, std::string_view text) {
  cell.form = CellForm::text;
  cell.text = text;
}

// Whether the text of a value of type `from` is what a column of type `to` stores.
bool is_stored_form(std::string_view text, ColumnType from, ColumnType to) {
  switch (to) {
    case ColumnType::decimal: return protocol::is_plain_decimal(text);
    case ColumnType::local_date_time: return from == to && protocol::is_plain_date_time(text);
    case ColumnType::instant: return from == to && protocol::is_plain_instant(text);
    case ColumnType::json: return from == to;
    case ColumnType::string:
      if (from == ColumnType::double_float) return false;
      return from < ColumnType::short_integer || from > ColumnType::decimal ||
             protocol::is_plain_decimal(text);
    default: return true;
  }
}

// A number equals a stored one whatever its form; a text only when it is written as we would.
bool is_spelling_of(double number, std::string_view text, core::JsonKind kind) {
  const std::string printed = protocol::double_text(number);
  if (kind != core::JsonKind::number) return printed == text;
  return protocol::decimal_text(printed) == protocol::decimal_text(text);
}

}  // namespace

void store(const core::Value& value, ColumnType to, std::string& scratch, Cell& cell) {
  const std::string_view text = value.text();
  if (value.is_null()) {
    cell.form = CellForm::null;
    return;
  }
  switch (to) {
    case ColumnType::boolean: set_integer(cell, text == "true" ? 1 : 0); return;
    case ColumnType::short_integer:
    case ColumnType::integer:
    case ColumnType::long_integer: {
      std::int64_t number = 0;
      parse(text, number);
      set_integer(cell, number);
      return;
    }
    case ColumnType::double_float: {
      double number = 0;
      parse(text, number);
      set_real(cell, number);
      return;
    }
    default:
      if (is_stored_form(text, value.type, to)) {
        set_text(cell, text);
      } else {
        scratch = protocol::convert(text, value.type, to);
        set_text(cell, scratch);
      }
  }
}

bool store_for_lookup(const core::Value& value, core::ColumnType to, std::string& scratch,
                      Cell& cell) {
  // A double may round an integer that is looked up, so the digits decide.
  const bool may_round = to == ColumnType::double_float && value.type != to;
  if (protocol::widen(to, value.type, false) == to && !may_round) {
    store(value, to, scratch, cell);
    return true;
  }
  scratch = protocol::convert(value.text(), value.type, ColumnType::string);
  set_text(cell, scratch);
  switch (to) {
    case ColumnType::boolean:
      if (scratch != "true" && scratch != "false") return false;
      set_integer(cell, scratch == "true" ? 1 : 0);
      return true;
    case ColumnType::short_integer:
    case ColumnType::integer:
    case ColumnType::long_integer: {
      std::int64_t number = 0;
      if (!parse(scratch, number) || std::to_string(number) != scratch) return false;
      set_integer(cell, number);
      return true;
    }
    case ColumnType::double_float: {
      double number = 0;
      if (!parse(scratch, number) || !is_spelling_of(number, scratch, value.kind)) return false;
      set_real(cell, number);
      return true;
    }
    default: return true;
  }
}

std::optional<std::string> text_of(const Cell& cell, ColumnType type) {
  switch (cell.form) {
    case CellForm::absent:
    case CellForm::null: return std::nullopt;
    case CellForm::integer:
      if (type == ColumnType::boolean) return cell.integer != 0 ? "true" : "false";
      return std::to_string(cell.integer);
    case CellForm::real: return protocol::double_text(cell.real);
    case CellForm::text: return std::string(cell.text);
  }
  return std::nullopt;
}

}  // namespace destinations
