// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "protocol/naming.hpp"
#include "protocol/pointer.hpp"
#include "rules/families.hpp"
#include "rules/near_miss.hpp"
#include "rules/nesting.hpp"
#include "rules/schema_key.hpp"
#include "rules/texts.hpp"
#include "rules/unique_columns.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace rules {
namespace {

using core::JsonKind;
using core::SchemaEntry;
using core::SyncResponse;

const core::TableHistory* history_of(const core::CallView& view, std::string_view table) {
  const auto known = view.history.tables.find(table);
  return known == view.history.tables.end() ? nullptr : &known->second;
}

bool has_rows(const core::TableRows* table) {
  return table != nullptr && table->rows() > 0;
}

std::string list_of(std::span<const std::string_view> columns) {
  return columns.empty() ? "none" : names_text(columns);
}

std::string key_problem(const SchemaEntry& entry) {
  const std::set<std::string_view> different(entry.primary_key.begin(), entry.primary_key.end());
  if (entry.primary_key_kind == JsonKind::array && entry.primary_key.empty() &&
      entry.not_strings.empty())
    return "is an empty array, so the table has no key";
  if (entry.primary_key_kind == JsonKind::null) return "is null, so the table has no key";
  if (entry.primary_key_kind != JsonKind::array)
    return fmt::format("is a JSON {}, not an array of column names: rows are appended, not merged",
                       name(entry.primary_key_kind));
  if (!entry.not_strings.empty())
    return fmt::format("holds a JSON {} among its column names", name(entry.not_strings.front()));
  if (different.contains("")) return "holds an empty column name";
  if (different.size() < entry.primary_key.size())
    return fmt::format("names a column twice: {}", names_text(entry.primary_key));
  return "";
}

}  // namespace

Drafts table_without_key(const core::CallView& view) {
  Drafts found;
  for (const core::TableRows& table : view.response->inserts) {
    const core::TableHistory* known = history_of(view, table.name);
    const bool told_before = known != nullptr && known->rows_this_sync > 0;
    // A key that went away is SCH-04's, from then on.
    const bool had_key = known != nullptr && known->had_key;
    if (table.rows() == 0 || !declared_key(*view.response, table.name).empty()) continue;
    if (told_before || had_key) continue;
    Draft draft = rules::draft(
        table.name, protocol::pointer({"insert", table.name}),
        fmt::format(
            "`{}` has no primary key: its rows ({} here) are appended, and one that is sent again "
            "stands there twice",
            shorten(table.name), base::human_count(table.rows())));
    std::vector<std::string_view> declared;
    for (const SchemaEntry& entry : view.response->schema)
      if (view.response->inserts_of(entry.table) == nullptr) declared.push_back(entry.table);
    if (const std::string_view like = base::closest(table.name, declared); !like.empty())
      draft.message += fmt::format("; `schema` has `{}`, is this table meant?", shorten(like));
    draft.evidence.push_back(
        fmt::format("{}: {}", row_pointer("insert", table, 0), row_text(table, 0)));
    if (const std::string unique = unique_text(table, unique_columns(table, {})); !unique.empty())
      draft.evidence.push_back(unique);
    draft.told_by = told_no_key(view, table.name);
    if (draft.told_by.empty() && has_rows(view.response->deletes_of(table.name)))
      draft.told_by = "DEL-01";
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts schema_nesting(const core::CallView& view) {
  const core::FieldFact& schema = view.response->schema_field;
  Drafts found;
  if (schema.present() && schema.kind != JsonKind::object && schema.kind != JsonKind::null) {
    found.push_back(draft("", "/schema",
                          fmt::format("`schema` is a JSON {}, not an object of tables: {}",
                                      name(schema.kind), json_text(schema.raw, 80))));
    if (is_encoded_twice(schema))
      found.back().fix = "send the object itself instead of its text (json.dumps, JSON.stringify)";
    return found;
  }
  const SchemaEntry* misnested = misnested_key(*view.response);
  if (misnested != nullptr)
    found.push_back(
        draft("", protocol::pointer({"schema", misnested->table}),
              fmt::format("`{}` stands right under `schema`, without a table: no table has a key",
                          shorten(misnested->table))));
  for (const SchemaEntry& entry : view.response->schema) {
    if (entry.kind == JsonKind::object || entry.kind == JsonKind::null || &entry == misnested)
      continue;
    Draft draft = rules::draft(
        entry.table, protocol::pointer({"schema", entry.table}),
        fmt::format("the schema entry of `{}` is a JSON {}, not an object with `primary_key`",
                    shorten(entry.table), name(entry.kind)));
    if (entry.kind == JsonKind::array || entry.kind == JsonKind::string)
      draft.fix = fmt::format("write {{\"schema\": {{\"{}\": {{\"primary_key\": […]}}}}}}",
                              shorten(entry.table));
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts invalid_primary_key(const core::CallView& view) {
  Drafts found;
  for (const SchemaEntry& entry : view.response->schema) {
    if (entry.primary_key_kind == JsonKind::absent) continue;
    const std::string problem = key_problem(entry);
    if (problem.empty()) continue;
    Draft draft =
        rules::draft(entry.table, protocol::pointer({"schema", entry.table, "primary_key"}),
                     fmt::format("`primary_key` of `{}` {}", shorten(entry.table), problem));
    const bool none = entry.primary_key_kind == JsonKind::null ||
                      (entry.primary_key.empty() && entry.not_strings.empty() &&
                       entry.primary_key_kind == JsonKind::array);
    if (none) draft.severity = core::Severity::warning;
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts primary_key_changed(const core::CallView& view) {
  const SyncResponse& response = *view.response;
  Drafts found;
  for (const auto& [name, known] : view.history.tables) {
    const bool mentioned =
        response.schema_of(name) != nullptr || has_rows(response.inserts_of(name));
    // A table that was only declared so far has nothing that could change.
    if (!mentioned || (!known.seen && known.primary_key.empty())) continue;
    const std::vector<std::string_view> now = declared_key(response, name),
                                        then = views(known.primary_key);
    if (std::ranges::is_permutation(now, then)) continue;
    const bool declared = response.schema_of(name) != nullptr;
    Draft draft = rules::draft(
        name, declared ? protocol::pointer({"schema", name}) : protocol::pointer({"insert", name}),
        now.empty()
            ? fmt::format(
                  "`{}` has no key in this response; before, its key was {}, which is kept here",
                  shorten(name), list_of(then))
            : fmt::format(
                  "the key of `{}` is {} now; before, it was {}. Here the table {}", shorten(name),
                  list_of(now), list_of(then),
                  view.keeps_stored_keys ? "keeps the stored key" : "changes over to the new key"));
    if (now.empty()) draft.told_by = told_no_key(view, name);
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts schema_table_mismatch(const core::CallView& view) {
  const SyncResponse& response = *view.response;
  Drafts found;
  for (const auto* tables : {&response.inserts, &response.deletes})
    for (const core::TableRows& table : *tables) {
      const SchemaEntry* entry = table.rows() > 0 ? other_spelling(response, table.name) : nullptr;
      const bool again = tables == &response.deletes && has_rows(response.inserts_of(table.name));
      if (entry == nullptr || again) continue;
      found.push_back(
          draft(table.name, protocol::pointer({"schema", entry->table}),
                fmt::format("rows come for `{}`, but `schema` speaks of `{}`: the key is not found "
                            "and rows are appended",
                            shorten(table.name), shorten(entry->table))));
    }
  return found;
}

Drafts table_never_filled(const core::SyncView& view) {
  if (!view.finished) return {};
  std::set<std::string> filled;
  for (const auto& [name, table] : view.history.tables)
    if (table.seen) filled.insert(protocol::table_name(name));
  std::vector<std::string_view> empty;
  // One that was filled under another spelling has been told as such.
  for (const auto& [name, table] : view.history.tables)
    if (!table.seen && table.soft_delete_calls == 0 && !filled.contains(protocol::table_name(name)))
      empty.push_back(name);
  if (empty.empty()) return {};
  Draft found = draft(
      "", "/schema", fmt::format("`schema` declares {}, which never got a row", names_text(empty)));
  found.severity = core::Severity::info;
  found.fix =
      "nothing has to be done for tables that are empty at the source; else look for a misspelled "
      "name";
  found.count = empty.size();
  return {found};
}

Drafts unknown_schema_key(const core::CallView& view) {
  Drafts found;
  for (const SchemaEntry& entry : view.response->schema) {
    const std::string_view misspelt = misspelt_primary_key(entry);
    std::vector<std::string_view> others;
    for (const std::string_view key : entry.other_keys)
      if (key != misspelt) others.push_back(key);
    if (others.empty()) continue;
    found.push_back(
        draft(entry.table, protocol::pointer({"schema", entry.table, others.front()}),
              fmt::format("the schema entry of `{}` holds {}: only `primary_key` is read",
                          shorten(entry.table), names_text(others))));
  }
  return found;
}

}  // namespace rules
