// SPDX-License-Identifier: Apache-2.0
#include "rules/schema_key.hpp"

#include "protocol/naming.hpp"
#include "rules/near_miss.hpp"
#include "rules/texts.hpp"

#include <algorithm>

namespace rules {

using core::JsonKind;

std::vector<std::string_view> declared_key(const core::SyncResponse& response,
                                           std::string_view table) {
  const core::SchemaEntry* entry = response.schema_of(table);
  std::vector<std::string_view> key;
  if (entry == nullptr || !entry->usable_key()) return key;
  for (const std::string_view column : entry->primary_key)
    if (std::ranges::find(key, column) == key.end()) key.push_back(column);
  return key;
}

const core::SchemaEntry* misnested_key(const core::SyncResponse& response) {
  for (const core::SchemaEntry& entry : response.schema) {
    const bool is_key = entry.kind == JsonKind::array || entry.kind == JsonKind::string;
    if (is_key && (entry.table == "primary_key" || equal_ignoring_case(entry.table, "primaryKey") ||
                   entry.table == "primary_keys"))
      return &entry;
  }
  return nullptr;
}

const core::SchemaEntry* other_spelling(const core::SyncResponse& response,
                                        std::string_view table) {
  if (response.schema_of(table) != nullptr) return nullptr;
  const std::string name = protocol::table_name(table);
  for (const core::SchemaEntry& entry : response.schema) {
    if (response.inserts_of(entry.table) != nullptr || response.deletes_of(entry.table) != nullptr)
      continue;
    if (equal_ignoring_case(entry.table, table) || protocol::table_name(entry.table) == name)
      return &entry;
  }
  return nullptr;
}

std::string_view told_no_key(const core::CallView& view, std::string_view table) {
  const core::SyncResponse& response = *view.response;
  if (has_near_miss_of(response, "schema")) return "RSP-05";
  const JsonKind schema = response.schema_field.kind;
  if (schema == JsonKind::null) return "RSP-10";
  if ((response.schema_field.present() && schema != JsonKind::object) || misnested_key(response))
    return "SCH-02";
  const core::SchemaEntry* entry = response.schema_of(table);
  if (entry == nullptr) return other_spelling(response, table) != nullptr ? "SCH-05" : "";
  if (entry->kind == JsonKind::null) return "RSP-10";
  if (entry->kind != JsonKind::object) return "SCH-02";
  if (!misspelt_primary_key(*entry).empty()) return "RSP-05";
  if (entry->primary_key_kind != JsonKind::absent && !entry->usable_key()) return "SCH-03";
  return "";
}

}  // namespace rules
