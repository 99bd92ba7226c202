// SPDX-License-Identifier: Apache-2.0
#include "destinations/column_plan.hpp"

#include "destinations/decimal_plan.hpp"
#include "destinations/key_check.hpp"
#include "destinations/system_columns.hpp"
#include "protocol/widening.hpp"

#include <algorithm>
#include <unordered_map>

namespace destinations {
namespace {

using core::ColumnType;

using ColumnIndex = std::unordered_map<std::string, std::size_t>;  // by folded name

ColumnType widened_by(ColumnType type, const core::PageColumn& page, bool beyond_double) {
  for (int t = 0; t < core::kColumnTypes; ++t)
    if (page.has(static_cast<ColumnType>(t)))
      type = protocol::widen(type, static_cast<ColumnType>(t), beyond_double);
  return type;
}

// The position of the first row with a value that does not fit into `type`.
std::size_t first_misfit(const core::TableRows& rows, const core::PageColumn& page, ColumnType type,
                         bool beyond_double) {
  std::size_t misfit = rows.rows(), first = rows.rows();
  for (int t = 0; t < core::kColumnTypes; ++t) {
    if (!page.has(static_cast<ColumnType>(t))) continue;
    const std::size_t row = page.first_row[t];
    first = std::min(first, row);
    if (protocol::widen(type, static_cast<ColumnType>(t), beyond_double) != type)
      misfit = std::min(misfit, row);
  }
  return rows.position(misfit == rows.rows() ? first : misfit);
}

void absorb(core::Column& column, const core::PageColumn& page, SourcePlan& source) {
  const ColumnType before = column.type;
  column.beyond_double = column.beyond_double || page.beyond_double;
  column.type = widened_by(before, page, column.beyond_double);
  if (before == ColumnType::none || column.type == before) return;
  source.widened.push_back(
      {std::string(page.name), before, column.type,
       first_misfit(*source.inserts.rows, page, before, column.beyond_double)});
}

void absorb_columns(TablePlan& plan, SourcePlan& source, ColumnIndex& index,
                    protocol::Naming naming) {
  const core::TableRows& rows = *source.inserts.rows;
  const auto accepted =
      source.inserts.usable.empty() ? rows.columns : columns_of_usable(rows, source.inserts.usable);
  for (const core::PageColumn& page : accepted) {
    if (page.types == 0) continue;
    std::string name = stored_column_name(page.name, naming);
    std::string lower = protocol::folded(name);
    if (is_system_column(lower)) continue;
    const auto [entry, is_new] = index.try_emplace(std::move(lower), plan.table.columns.size());
    if (is_new) {
      core::Column& column = plan.table.columns.emplace_back();
      column.name = std::move(name);
      column.source = page.name;
    }
    absorb(plan.table.columns[entry->second], page, source);
  }
}

void map_columns(PlannedRows& planned, const ColumnIndex& index, protocol::Naming naming) {
  if (planned.rows == nullptr) return;
  planned.targets.clear();
  for (const core::PageColumn& page : planned.rows->columns) {
    const auto found = index.find(protocol::folded(stored_column_name(page.name, naming)));
    planned.targets.push_back(found == index.end() ? -1 : static_cast<int>(found->second));
  }
}

// The key in the spelling of its columns.
void spell_key(core::Table& table, const ColumnIndex& index) {
  for (std::string& part : table.primary_key)
    if (const auto found = index.find(protocol::folded(part)); found != index.end())
      part = table.columns[found->second].name;
}

// What changed in comparison with the columns that are stored.
void note_changes(TablePlan& plan, const std::vector<core::Column>& before) {
  for (std::size_t c = 0; c < plan.table.columns.size(); ++c) {
    core::Column& column = plan.table.columns[c];
    column.key =
        std::ranges::find(plan.table.primary_key, column.name) != plan.table.primary_key.end();
    if (c >= before.size()) {
      if (plan.exists) plan.new_columns.push_back(c);
      continue;
    }
    if (column.type != before[c].type) plan.retyped.push_back({c, before[c].type});
    if (column.beyond_double != before[c].beyond_double ||
        column.whole_digits != before[c].whole_digits ||
        column.fraction_digits != before[c].fraction_digits)
      plan.notes_changed = true;
  }
}

}  // namespace

base::Result<void> plan_columns(TablePlan& plan, const PlanOptions& options,
                                const StoredDigits& stored_digits) {
  const std::vector<core::Column> before = plan.table.columns;
  ColumnIndex index;
  for (std::size_t c = 0; c < before.size(); ++c)
    index.emplace(protocol::folded(before[c].name), c);
  for (SourcePlan& source : plan.sources)
    if (source.inserts.accepted > 0) absorb_columns(plan, source, index, options.naming);
  for (SourcePlan& source : plan.sources) {
    map_columns(source.inserts, index, options.naming);
    map_columns(source.deletes, index, options.naming);
  }
  spell_key(plan.table, index);
  FSIM_TRY(settle_decimals(plan, before, stored_digits));
  note_changes(plan, before);
  return {};
}

}  // namespace destinations
