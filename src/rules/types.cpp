// SPDX-License-Identifier: Apache-2.0
#include "protocol/classify.hpp"
#include "protocol/pointer.hpp"
#include "protocol/widening.hpp"
#include "rules/families.hpp"
#include "rules/schema_key.hpp"
#include "rules/texts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

using core::ColumnType;
using core::JsonKind;
using core::TableRows;

bool ends_wide(const core::Widened& widened) {
  return widened.to == ColumnType::string || widened.to == ColumnType::json;
}

// Free text may begin with a few dates by chance: of a column of that few rows nothing can be said.
bool by_chance(const core::LoadView& view, std::string_view table, const core::Widened& widened) {
  constexpr std::uint64_t kFewRows = 20;
  if (!protocol::is_time(widened.from) || widened.to != ColumnType::string) return false;
  const auto known = view.history.tables.find(table);
  return known == view.history.tables.end() ||
         known->second.rows_before_sync + known->second.rows_this_sync < kFewRows;
}

// The row at that position of the response's array, or the number of rows when there is none.
std::size_t row_at(const TableRows& table, std::size_t position) {
  std::size_t row = 0;
  while (row < table.rows() && table.position(row) != position) ++row;
  return row;
}

std::string value_at(const core::LoadView& view, std::string_view table,
                     const core::Widened& widened) {
  const TableRows* rows = view.response.inserts_of(table);
  if (rows == nullptr) return "";
  const std::size_t row = row_at(*rows, widened.position);
  if (row == rows->rows()) return "";
  const core::Value* value = core::find(rows->row(row), rows->column_index(widened.column));
  return value == nullptr ? "" : value_text(*value);
}

// The rule that tells the same of this page already, or empty.
std::string_view told_already(const core::LoadView& view, std::string_view table,
                              const core::Widened& widened) {
  const auto key = declared_key(view.response, table);
  const bool text_in_key = std::ranges::find(key, widened.column) != key.end() &&
                           widened.to == ColumnType::string && !protocol::is_time(widened.from);
  if (text_in_key) return "ROW-06";
  const TableRows* rows = view.response.inserts_of(table);
  const int column = rows == nullptr ? -1 : rows->column_index(widened.column);
  if (column < 0 || !ends_wide(widened)) return "";
  // A page that is mixed by itself has been told of.
  const core::PageColumn& page = rows->columns[static_cast<std::size_t>(column)];
  for (int t = 0; t < core::kColumnTypes; ++t)
    if (page.has(ColumnType(t)) &&
        (ColumnType(t) == widened.from || protocol::same_family(ColumnType(t), widened.from)))
      return "TYP-02";
  return "";
}

bool is_whole(std::string_view digits) {
  return digits.find_first_of(".eE") == std::string_view::npos;
}

void find_large(const TableRows& table, std::size_t column, Folded& found) {
  const std::string_view name = table.columns[column].name;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const core::Value* value = core::find(table.row(row), static_cast<int>(column));
    if (value == nullptr || value->kind != JsonKind::number || value->size < 16 ||
        !is_whole(value->text()) || !protocol::beyond_double(value->text()))
      continue;
    const bool fits = value->type == ColumnType::long_integer;
    Draft draft = rules::draft(
        table.name, cell_pointer("insert", table, row, name),
        fits ? fmt::format("`{}` of `{}` holds integers beyond 2^53, which JavaScript and other "
                           "readers of doubles round: {}",
                           shorten(name), shorten(table.name), value->text())
             : fmt::format("`{}` of `{}` holds an integer that 64 bits cannot hold: {}",
                           shorten(name), shorten(table.name), shorten(value->text())));
    if (fits) draft.severity = core::Severity::info;
    draft.subject = name;
    draft.evidence.push_back(fmt::format("{}: {}", draft.pointer, shorten(value->text())));
    found.add(fmt::format("{} {}", name, fits), std::move(draft));
  }
}

}  // namespace

Drafts column_widened(const core::LoadView& view) {
  Drafts found;
  for (const core::TableLoad& table : view.facts.tables)
    for (const core::Widened& widened : table.widened) {
      Draft draft = rules::draft(
          table.table,
          protocol::pointer(
              {"insert", table.table, fmt::to_string(widened.position), widened.column}),
          fmt::format("`{}` of `{}` was {} and becomes {}, because of {}", shorten(widened.column),
                      shorten(table.table), name(widened.from), name(widened.to),
                      value_at(view, table.table, widened)));
      draft.subject = widened.column;
      if (!ends_wide(widened) || by_chance(view, table.table, widened))
        draft.severity = core::Severity::info;
      draft.told_by = told_already(view, table.table, widened);
      found.push_back(std::move(draft));
    }
  return found;
}

Drafts large_integer(const core::CallView& view) {
  Folded found;
  for (const TableRows& table : view.response->inserts)
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      if (table.columns[c].beyond_double) find_large(table, c, found);
  return found.take();
}

Drafts nested_value(const core::LoadView& view) {
  Drafts found;
  for (const TableRows& table : view.response.inserts) {
    std::vector<std::string_view> nested;
    Draft draft;
    const auto known = view.history.tables.find(table.name);
    for (const core::PageColumn& column : table.columns) {
      if (!column.has(ColumnType::json)) continue;
      if (known != view.history.tables.end()) {
        const auto before = known->second.columns.find(column.name);
        if (before != known->second.columns.end() &&
            (before->second >> static_cast<int>(ColumnType::json) & 1) != 0)
          continue;
      }
      if (nested.empty())
        draft.pointer = cell_pointer(
            "insert", table, column.first_row[static_cast<int>(ColumnType::json)], column.name);
      nested.push_back(column.name);
    }
    if (nested.empty()) continue;
    draft.table = table.name;
    draft.message = fmt::format("`{}` has nested values in {}: each becomes one JSON column",
                                shorten(table.name), names_text(nested));
    draft.count = nested.size();
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts column_always_null(const core::SyncView& view) {
  Drafts found;
  for (const auto& [name, table] : view.history.tables) {
    if (table.rows_this_sync == 0) continue;
    std::vector<std::string_view> empty;
    for (const auto& [column, types] : table.columns)
      if (types == 0) empty.push_back(column);
    if (empty.empty()) continue;
    Draft draft =
        rules::draft(name, "",
                     fmt::format("{} of `{}` never held a value other than null: {} not created",
                                 names_text(empty), shorten(name),
                                 empty.size() == 1 ? "the column is" : "the columns are"));
    draft.count = empty.size();
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts characters_replaced(const core::CallView& view) {
  const core::ParseFacts& facts = view.response->facts;
  // Those of names and messages have no place of their own.
  if (facts.replaced_characters == 0 || facts.first_replaced.empty()) return {};
  Draft found = draft("", facts.first_replaced,
                      fmt::format("{} stored as U+FFFD: U+0000 or half of a surrogate pair",
                                  facts.replaced_characters == 1
                                      ? "a character is"
                                      : counted(facts.replaced_characters, "character") + " are"));
  found.count = facts.replaced_characters;
  return {found};
}

}  // namespace rules
