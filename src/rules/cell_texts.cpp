// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_text.hpp"
#include "rules/date_text.hpp"
#include "rules/families.hpp"
#include "rules/texts.hpp"

#include <fmt/format.h>

// What texts in cells look like: JSON (TYP-04), dates (TYP-07).
namespace rules {
namespace {

using core::ColumnType;
using core::JsonKind;
using core::TableRows;
using core::Value;

bool looks_like_json(std::string_view text) {
  return text.size() > 2 && ((text.front() == '{' && text.back() == '}') ||
                             (text.front() == '[' && text.back() == ']'));
}

// An object with a member or an array with an element, which no mere text is by chance.
bool is_json(std::string_view text) {
  if (!looks_like_json(text)) return false;
  const auto normal = protocol::normal_form(text);
  return normal && *normal != "{}" && *normal != "[]";
}

// For each column the first row whose text is JSON, or the number of rows; looks at a few
// candidates of a column only.
std::vector<std::size_t> first_json(const TableRows& table) {
  std::vector<std::size_t> first(table.columns.size(), table.rows());
  std::vector<int> candidates(table.columns.size(), 20);
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (const Value& value : table.row(row)) {
      if (value.kind != JsonKind::string || !looks_like_json(value.text())) continue;
      if (candidates[value.column]-- <= 0 || first[value.column] < row) continue;
      if (is_json(value.text())) first[value.column] = row;
    }
  return first;
}

bool seen_before(const core::History& history, std::string_view table, std::string_view column) {
  const auto known = history.tables.find(table);
  return known != history.tables.end() && known->second.columns.contains(column);
}

// The first row whose text is an odd date, when the first texts of the column all are.
std::size_t first_odd_date(const TableRows& table, int column) {
  int looked_at = 0;
  std::size_t first = table.rows();
  for (std::size_t row = 0; row < table.rows() && looked_at < 20; ++row) {
    const Value* value = core::find(table.row(row), column);
    if (value == nullptr || value->is_null()) continue;
    if (value->kind != JsonKind::string || odd_date_form(value->text()).empty())
      return table.rows();
    if (looked_at++ == 0) first = row;
  }
  return first;
}

Draft date_draft(const TableRows& table, std::string_view column, std::size_t row,
                 std::string message) {
  Draft found = draft(table.name, cell_pointer("insert", table, row, column), std::move(message));
  found.subject = column;
  found.severity = core::Severity::info;
  return found;
}

// Times with and without a zone in one column: those without are taken as UTC beside the others.
void find_mixed_zones(const TableRows& table, const core::PageColumn& column, Drafts& found) {
  if (!column.has(ColumnType::local_date_time) || !column.has(ColumnType::instant)) return;
  const auto text_at = [&](ColumnType type) {
    const std::size_t row = column.first_row[static_cast<int>(type)];
    const Value* value = core::find(table.row(row), table.column_index(column.name));
    return fmt::format("{}: {}", cell_pointer("insert", table, row, column.name),
                       value == nullptr ? "" : value_text(*value));
  };
  Draft draft = date_draft(
      table, column.name, column.first_row[static_cast<int>(ColumnType::local_date_time)],
      fmt::format("`{}` of `{}` holds times with and without a zone: those without one are taken "
                  "as UTC",
                  shorten(column.name), shorten(table.name)));
  draft.severity.reset();
  draft.evidence = {text_at(ColumnType::local_date_time), text_at(ColumnType::instant)};
  found.push_back(std::move(draft));
}

}  // namespace

Drafts json_as_text(const core::CallView& view) {
  Drafts found;
  for (const TableRows& table : view.response->inserts) {
    const std::vector<std::size_t> first = first_json(table);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const core::PageColumn& column = table.columns[c];
      const std::size_t row = first[c];
      if (row == table.rows()) continue;
      Draft draft = rules::draft(
          table.name, cell_pointer("insert", table, row, column.name),
          fmt::format("`{}` of `{}` holds JSON as text: it stays a STRING, with its backslashes",
                      shorten(column.name), shorten(table.name)));
      draft.subject = column.name;
      const Value* value = core::find(table.row(row), static_cast<int>(c));
      if (value != nullptr)
        draft.evidence.push_back(fmt::format("{}: {}", draft.pointer, value_text(*value)));
      found.push_back(std::move(draft));
    }
  }
  return found;
}

Drafts odd_date(const core::CallView& view) {
  Drafts found;
  for (const TableRows& table : view.response->inserts)
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const core::PageColumn& column = table.columns[c];
      find_mixed_zones(table, column, found);
      if (seen_before(view.history, table.name, column.name)) continue;
      if (column.types == 1u << static_cast<int>(ColumnType::local_date_time)) {
        const std::size_t row = column.first_row[static_cast<int>(ColumnType::local_date_time)];
        found.push_back(date_draft(
            table, column.name, row,
            fmt::format("the times in `{}` of `{}` have no zone: nobody can tell which moment is "
                        "meant",
                        shorten(column.name), shorten(table.name))));
        continue;
      }
      if (!column.has(ColumnType::string)) continue;
      const std::size_t row = first_odd_date(table, static_cast<int>(c));
      if (row == table.rows()) continue;
      const Value* value = core::find(table.row(row), static_cast<int>(c));
      found.push_back(date_draft(
          table, column.name, row,
          fmt::format("`{}` of `{}` holds {}, {}: it stays a STRING", shorten(column.name),
                      shorten(table.name), odd_date_form(value->text()), value_text(*value))));
    }
  return found;
}

}  // namespace rules
