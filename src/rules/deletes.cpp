// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "protocol/pointer.hpp"
#include "rules/answer.hpp"
#include "rules/families.hpp"
#include "rules/key_index.hpp"
#include "rules/near_miss.hpp"
#include "rules/schema_key.hpp"
#include "rules/texts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

using core::JsonKind;
using core::SyncResponse;
using core::TableRows;

bool names(const SyncResponse& response, std::string_view table) {
  return response.inserts_of(table) != nullptr || response.deletes_of(table) != nullptr ||
         response.schema_of(table) != nullptr;
}

bool soft_deletes(const SyncResponse& response, std::string_view table) {
  return response.soft_delete_all ||
         std::ranges::find(response.soft_delete_tables, table) != response.soft_delete_tables.end();
}

std::vector<std::string_view> named_tables(const SyncResponse& response) {
  std::vector<std::string_view> tables;
  for (const TableRows& table : response.inserts) tables.push_back(table.name);
  for (const TableRows& table : response.deletes) tables.push_back(table.name);
  for (const core::SchemaEntry& entry : response.schema) tables.push_back(entry.table);
  return tables;
}

// Rows to delete whose key a row of the same response inserts; `index` holds those.
void find_twins(const KeyReader& deleted, const KeyReader& inserted, const KeyIndex& index,
                Folded& found) {
  const TableRows &deletes = deleted.table(), &inserts = inserted.table();
  Key key;
  for (std::size_t row = 0; row < deletes.rows(); ++row) {
    if (!deleted.read_usable(row, key)) continue;
    const auto twin = index.find(key);
    if (!twin) continue;
    Draft draft = rules::draft(
        deletes.name, row_pointer("delete", deletes, row),
        fmt::format("the response inserts and deletes {} of `{}`: the delete wins, the row is gone",
                    key_text(inserted.names(), key), shorten(deletes.name)));
    draft.evidence.push_back(
        fmt::format("{}: {}", row_pointer("insert", inserts, *twin), row_text(inserts, *twin)));
    draft.evidence.push_back(
        fmt::format("{}: {} (wins)", row_pointer("delete", deletes, row), row_text(deletes, row)));
    found.add("", std::move(draft));
  }
}

}  // namespace

Drafts delete_without_key(const core::CallView& view) {
  Drafts found;
  for (const TableRows& table : view.response->deletes) {
    if (table.rows() == 0 || !declared_key(*view.response, table.name).empty()) continue;
    Draft draft = rules::draft(
        table.name, protocol::pointer({"delete", table.name}),
        fmt::format("{} of `{}` cannot be deleted: the response names no primary key for the table",
                    counted(table.rows(), "row"), shorten(table.name)));
    draft.evidence.push_back(
        fmt::format("{}: {}", row_pointer("delete", table, 0), row_text(table, 0)));
    draft.told_by = told_no_key(view, table.name);
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts insert_and_delete_same_key(const core::CallView& view) {
  Folded found;
  for (const TableRows& deletes : view.response->deletes) {
    const TableRows* inserts = view.response->inserts_of(deletes.name);
    const auto names = declared_key(*view.response, deletes.name);
    if (inserts == nullptr || names.empty() || deletes.rows() == 0) continue;
    const KeyReader inserted(*inserts, names), deleted(deletes, names);
    const std::size_t parts = KeyIndex::parts_for(inserts->rows());
    for (std::size_t part = 0; part < parts; ++part) {
      KeyIndex index(inserted, part, parts);
      Key key;
      for (std::size_t row = 0; row < inserts->rows(); ++row)
        if (inserted.read_usable(row, key)) index.put(row, key);
      find_twins(deleted, inserted, index, found);
    }
  }
  return found.take();
}

Drafts hard_or_soft_delete(const core::CallView& view) {
  Drafts found;
  for (const TableRows& table : view.response->deletes)
    if (table.rows() > 0 && !soft_deletes(*view.response, table.name))
      found.push_back(draft(table.name, protocol::pointer({"delete", table.name}),
                            fmt::format("`delete` names {} of `{}`, without `softDelete`",
                                        counted(table.rows(), "row"), shorten(table.name))));
  return found;
}

Drafts soft_delete_not_list(const core::CallView& view) {
  const core::FieldFact& field = view.response->soft_delete;
  if (!field.present() || field.kind == JsonKind::null) return {};
  if (field.kind != JsonKind::array) {
    Draft found = draft(
        "", "/softDelete",
        fmt::format("`softDelete` is {}, not an array of table names; it is taken as {}",
                    json_text(field.raw, 80),
                    view.response->soft_delete_all ? "every table of the response" : "no table"));
    if (field.raw == "false") found.severity = core::Severity::info;
    return {found};
  }
  Folded found;
  for (const core::ShapeFact& fact : view.response->facts.misplaced)
    if (fact.field == "softDelete")
      found.add("", draft("", fact.pointer,
                          fmt::format("`softDelete` holds a JSON {} among its table names",
                                      name(fact.kind))));
  return found.take();
}

Drafts soft_delete_unknown_table(const core::CallView& view) {
  Drafts found;
  const auto& tables = view.response->soft_delete_tables;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (names(*view.response, tables[i])) continue;
    const auto known = view.history.tables.find(tables[i]);
    const bool stored = known != view.history.tables.end() && known->second.seen;
    std::string message = fmt::format(
        "`softDelete` names `{}`, which is nowhere else in the response", shorten(tables[i]));
    if (stored) message += ": all its stored rows are marked as deleted";
    if (const auto like = base::closest(tables[i], named_tables(*view.response));
        !stored && !like.empty())
      message += fmt::format(", did you mean `{}`?", shorten(like));
    found.push_back(
        draft(tables[i], protocol::pointer({"softDelete", fmt::to_string(i)}), std::move(message)));
  }
  return found;
}

Drafts soft_delete_on_several_pages(const core::CallView& view) {
  Drafts found;
  for (const auto& [name, table] : view.history.tables) {
    if (table.soft_delete_calls == 0 || !soft_deletes(*view.response, name)) continue;
    if (view.response->soft_delete_all && !names(*view.response, name)) continue;
    found.push_back(
        draft(name, "/softDelete",
              fmt::format("`softDelete` names `{}` on more than one page of this sync: rows of the "
                          "earlier pages may be marked as deleted",
                          shorten(name))));
  }
  return found;
}

Drafts soft_delete_on_partial_sync(const core::SyncView& view) {
  if (!view.finished || view.history.historical) return {};
  Drafts found;
  for (const auto& [name, table] : view.history.tables) {
    const std::uint64_t marked = table.soft_marked_this_sync, sent = table.rows_this_sync;
    if (table.soft_delete_calls == 0 || marked == 0 || sent * 2 > marked) continue;
    Draft draft = rules::draft(
        name, "/softDelete",
        fmt::format(
            "`softDelete` marked {} of `{}` and only {} came again in this incremental sync: the "
            "rest stays marked as deleted",
            counted(marked, "live row"), shorten(name), base::human_count(sent)));
    draft.evidence.push_back(
        fmt::format("state at the start: {}", json_text(view.history.sync_start_state.json)));
    found.push_back(std::move(draft));
  }
  return found;
}

}  // namespace rules
