// SPDX-License-Identifier: Apache-2.0
#include "protocol/pointer.hpp"
#include "protocol/widening.hpp"
#include "rules/families.hpp"
#include "rules/texts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

std::string pointer_to(std::string_view field, const core::TableLoad& table,
                       const core::RowExample& row) {
  return protocol::pointer({field, table.table, fmt::to_string(row.position)});
}

// A column that some row of the page does fill is not missing by design of the connector.
bool filled_elsewhere(const core::LoadView& view, const core::TableLoad& table,
                      std::string_view column) {
  const core::TableRows* rows = view.response.inserts_of(table.table);
  const int index = rows == nullptr ? -1 : rows->column_index(column);
  return index >= 0 && rows->columns[static_cast<std::size_t>(index)].values > 0;
}

bool has_time_in_key(const core::TableHistory& table) {
  return std::ranges::any_of(table.primary_key, [&](const std::string& part) {
    const auto column = table.columns.find(part);
    if (column == table.columns.end()) return false;
    for (int t = 0; t < core::kColumnTypes; ++t)
      if ((column->second >> t & 1) != 0 && protocol::is_time(core::ColumnType(t))) return true;
    return false;
  });
}

}  // namespace

Drafts partial_row(const core::LoadView& view) {
  Drafts found;
  for (const core::TableLoad& table : view.facts.tables) {
    if (table.lacking == 0) continue;
    std::vector<std::string_view> in_all;
    for (const std::string& column : table.lacking_in_all)
      if (!filled_elsewhere(view, table, column)) in_all.push_back(column);
    Draft draft;
    draft.table = table.table;
    draft.count = table.lacking;
    if (in_all.empty()) {
      draft.severity = core::Severity::info;
      draft.message =
          fmt::format("in {} of `{}` columns are missing that the stored row has: they become null",
                      counted(table.lacking, "row"), shorten(table.table));
    } else {
      draft.message = fmt::format(
          "{} of `{}` replaced a stored row, each without {}: what is stored there becomes null",
          counted(table.replaced, "row"), shorten(table.table), names_text(in_all));
    }
    for (const core::RowExample& example : table.lacking_examples) {
      if (draft.pointer.empty()) draft.pointer = pointer_to("insert", table, example);
      const auto columns = views(example.columns);
      draft.evidence.push_back(fmt::format(
          "{}: {} lacks {}{}{}", pointer_to("insert", table, example), shorten(example.key),
          names_text(columns), example.text.empty() ? "" : "; ", shorten(example.text, 200)));
    }
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts keys_all_new(const core::SyncView& view) {
  Drafts found;
  for (const auto& [name, table] : view.history.tables) {
    if (table.content.distinct() < core::ContentTrace::kMostDistinct ||
        table.replaced_this_sync > 0 || !table.content.same_records(table.content_before))
      continue;
    Draft draft = rules::draft(
        name, "",
        fmt::format("the {} that the sync before had sent for `{}` came again, each under a new "
                    "key",
                    counted(table.content.rows(), "record"), shorten(name)));
    draft.evidence.push_back(fmt::format("key: {}", names_text(views(table.primary_key))));
    // Snapshots of the same records by day or hour are kept on purpose.
    if (has_time_in_key(table)) draft.severity = core::Severity::info;
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts delete_of_unknown_row(const core::LoadView& view) {
  Drafts found;
  for (const core::TableLoad& table : view.facts.tables) {
    if (table.unknown_deletes == 0) continue;
    Draft draft =
        rules::draft(table.table, "",
                     fmt::format("`delete` names {} of `{}` that the table does not hold",
                                 counted(table.unknown_deletes, "row"), shorten(table.table)));
    draft.count = table.unknown_deletes;
    for (const core::RowExample& example : table.unknown_delete_examples) {
      if (draft.pointer.empty()) draft.pointer = pointer_to("delete", table, example);
      draft.evidence.push_back(
          fmt::format("{}: {}", pointer_to("delete", table, example), shorten(example.key)));
    }
    found.push_back(std::move(draft));
  }
  return found;
}

}  // namespace rules
