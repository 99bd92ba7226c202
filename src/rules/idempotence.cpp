// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "protocol/json_text.hpp"
#include "rules/answer.hpp"
#include "rules/families.hpp"
#include "rules/texts.hpp"
#include "rules/timestamps.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace rules {
namespace {

using core::SyncResponse;
using core::TableRows;

// A row whatever the order of its columns; nulls are left out, as a destination stores them alike.
std::string sorted_row(const TableRows& table, std::size_t row) {
  std::vector<std::string> cells;
  for (const core::Value& cell : table.row(row)) {
    if (cell.is_null()) continue;
    const bool text = cell.kind == core::JsonKind::string;
    cells.push_back(protocol::quote(table.columns[cell.column].name) + ':' +
                    (text ? protocol::quote(cell.text())
                          : protocol::canonical(cell.text()).value_or(std::string(cell.text()))));
  }
  std::ranges::sort(cells);
  std::string joined;
  for (const std::string& cell : cells) joined += cell + ',';
  return joined;
}

using SortedRows = std::vector<std::pair<std::string, std::size_t>>;

SortedRows sorted_rows(const TableRows* table) {
  SortedRows rows;
  for (std::size_t i = 0; table != nullptr && i < table->rows(); ++i)
    rows.emplace_back(sorted_row(*table, i), i);
  std::ranges::sort(rows);
  return rows;
}

// Positions of the rows of `a` that `b` has not, each as often as it is missing.
std::vector<std::size_t> only_in(const SortedRows& a, const SortedRows& b) {
  std::vector<std::size_t> rows;
  std::size_t j = 0;
  for (const auto& [text, row] : a) {
    while (j < b.size() && b[j].first < text) ++j;
    if (j < b.size() && b[j].first == text) {
      ++j;
    } else {
      rows.push_back(row);
    }
  }
  std::ranges::sort(rows);
  return rows;
}

void add_rows(std::vector<std::string>& evidence, const TableRows* table,
              const std::vector<std::size_t>& rows, std::string_view label) {
  for (std::size_t i = 0; i < std::min(rows.size(), kEvidence); ++i)
    evidence.push_back(fmt::format("{}: {}", label, row_text(*table, rows[i])));
}

void compare_table(std::string_view field, std::string_view name, const TableRows* first,
                   const TableRows* second, Drafts& found) {
  const SortedRows a = sorted_rows(first), b = sorted_rows(second);
  const auto gone = only_in(a, b), come = only_in(b, a);
  if (gone.empty() && come.empty()) return;
  Draft draft = rules::draft(
      name, gone.empty() ? fmt::format("/{}", field) : row_pointer(field, *first, gone.front()),
      fmt::format("the same request sent again gave other rows under `{}`: {} of the first answer "
                  "missing, {} new",
                  field, counted(gone.size(), "row"), base::human_count(come.size())));
  add_rows(draft.evidence, first, gone, "first answer only");
  add_rows(draft.evidence, second, come, "second answer only");
  found.push_back(std::move(draft));
}

void compare_tables(std::string_view field, const std::vector<TableRows>& first,
                    const std::vector<TableRows>& second, Drafts& found) {
  const auto named = [](const std::vector<TableRows>& tables, std::string_view name) {
    const auto at = std::ranges::find(tables, name, &TableRows::name);
    return at == tables.end() ? nullptr : &*at;
  };
  for (const TableRows& table : first)
    compare_table(field, table.name, &table, named(second, table.name), found);
  for (const TableRows& table : second)
    if (named(first, table.name) == nullptr)
      compare_table(field, table.name, nullptr, &table, found);
}

// All that differs between two states are points in time near now: a cursor taken from the clock.
bool differ_in_clock_only(std::string_view first, std::string_view second, core::WallTime now) {
  const auto a = leaves_of(first), b = leaves_of(second);
  if (a.empty() || a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].pointer != b[i].pointer || a[i].kind != b[i].kind) return false;
    if (a[i].text != b[i].text && !(is_near(a[i], now) && is_near(b[i], now))) return false;
  }
  return true;
}

void compare_state(const core::CallView& view, Drafts& found) {
  const std::string_view first = view.response->state.raw, second = view.repeat->state.raw;
  if (protocol::canonical(first) == protocol::canonical(second)) return;
  Draft draft = rules::draft("", "/state", "the same request sent again gave another state");
  draft.evidence = {fmt::format("first answer: {}", json_text(first)),
                    fmt::format("second answer: {}", json_text(second))};
  if (differ_in_clock_only(first, second, view.now)) {
    draft.message += ": it holds the time of the call";
    draft.severity = core::Severity::info;
  }
  found.push_back(std::move(draft));
}

}  // namespace

Drafts not_idempotent(const core::CallView& view) {
  if (view.repeat == nullptr) return {};
  if (!view.repeat->is_object() || reports_error(*view.repeat))
    return {draft("", "",
                  fmt::format("the same request sent again {}",
                              view.repeat->is_object() ? "failed: " + reported_error(*view.repeat)
                                                       : "gave no JSON object"))};
  Drafts found;
  compare_tables("insert", view.response->inserts, view.repeat->inserts, found);
  compare_tables("delete", view.response->deletes, view.repeat->deletes, found);
  compare_state(view, found);
  if (view.response->has_more.value != view.repeat->has_more.value)
    found.push_back(draft("", "/hasMore", "the same request sent again gave another `hasMore`"));
  return found;
}

}  // namespace rules
