// SPDX-License-Identifier: Apache-2.0
#include "destinations/decimal_plan.hpp"

#include <algorithm>

namespace destinations {
namespace {

using core::ColumnType;
using protocol::DecimalDigits;

DecimalDigits digits_of_number(std::string_view number) {
  if (protocol::is_plain_decimal(number)) return protocol::digits_of(number);
  return protocol::digits_of(protocol::decimal_text(number));
}

// Where in the page a column's values need more digits than a DECIMAL has.
struct Overflow {
  SourcePlan* source = nullptr;  // null: nowhere
  std::size_t row = 0;
  std::string_view name;  // of the column, as the connector wrote it
};

// Adds what the page's values of the column need, until they do not fit.
Overflow add_page(TablePlan& plan, std::size_t column, DecimalDigits& digits) {
  for (SourcePlan& source : plan.sources) {
    const PlannedRows& planned = source.inserts;
    if (planned.accepted == 0) continue;
    for (std::size_t row = 0; row < planned.size(); ++row) {
      if (!planned.is_usable(row)) continue;
      for (const core::Value& cell : planned.rows->row(row)) {
        if (planned.targets[cell.column] != static_cast<int>(column) || cell.is_null()) continue;
        digits.add(digits_of_number(cell.text()));
        if (!digits.fit()) return {&source, row, planned.rows->columns[cell.column].name};
      }
    }
  }
  return {};
}

// Tells that the column became STRING: where it was to become DECIMAL with this page, instead of
// that, and because of the same row when the stored values were too long by themselves.
void note_widened(const Overflow& overflow, ColumnType before, bool by_stored) {
  std::vector<core::Widened>& widened = overflow.source->widened;
  const std::size_t position = overflow.source->inserts.rows->position(overflow.row);
  const auto seen = std::ranges::find(widened, overflow.name, &core::Widened::column);
  if (seen == widened.end()) {
    widened.push_back({std::string(overflow.name), before, ColumnType::string, position});
    return;
  }
  seen->to = ColumnType::string;
  if (!by_stored) seen->position = position;
}

}  // namespace

base::Result<void> settle_decimals(TablePlan& plan, const std::vector<core::Column>& before,
                                   const StoredDigits& stored_digits) {
  for (std::size_t c = 0; c < plan.table.columns.size(); ++c) {
    core::Column& column = plan.table.columns[c];
    const bool stored = c < before.size();
    DecimalDigits digits;
    if (column.type == ColumnType::decimal) {
      digits = {column.whole_digits, column.fraction_digits};
      if (stored && before[c].type != ColumnType::decimal) {
        FSIM_ASSIGN(digits, stored_digits(plan.table.name, before[c]));
      }
      const bool by_stored = !digits.fit();
      if (const Overflow overflow = add_page(plan, c, digits); overflow.source != nullptr) {
        column.type = ColumnType::string;
        if (stored) note_widened(overflow, before[c].type, by_stored);
      }
    }
    const bool keeps = column.type == ColumnType::decimal;
    column.whole_digits = keeps ? digits.whole : 0;
    column.fraction_digits = keeps ? digits.fraction : 0;
  }
  return {};
}

}  // namespace destinations
