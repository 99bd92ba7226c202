// SPDX-License-Identifier: Apache-2.0
#include "destinations/page_plan.hpp"

#include "destinations/column_plan.hpp"
#include "destinations/key_check.hpp"
#include "destinations/system_columns.hpp"
#include "protocol/naming.hpp"

#include <algorithm>

namespace destinations {
namespace {

using core::SyncResponse;

// The tables of the page by destination name, in order of appearance, each with its sources.
std::vector<TablePlan> group_by_table(const SyncResponse& response, const Catalog& stored) {
  std::vector<TablePlan> plans;
  std::map<std::string, std::size_t, std::less<>> by_name;
  const auto plan_of = [&](std::string_view source) -> TablePlan& {
    std::string name = stored_table_name(source);
    const auto [entry, is_new] = by_name.try_emplace(name, plans.size());
    if (!is_new) return plans[entry->second];
    TablePlan& plan = plans.emplace_back();
    const auto known = stored.find(name);
    plan.exists = known != stored.end();
    if (plan.exists) plan.table = known->second;
    if (!plan.exists) plan.table.source = source;
    plan.table.name = std::move(name);
    return plan;
  };
  const auto source_of = [&](std::string_view name) -> SourcePlan& {
    std::vector<SourcePlan>& sources = plan_of(name).sources;
    const auto found = std::ranges::find(sources, name, &SourcePlan::name);
    if (found != sources.end()) return *found;
    return sources.emplace_back(SourcePlan{std::string(name), {}, {}, {}});
  };
  for (const core::TableRows& rows : response.inserts) source_of(rows.name).inserts.rows = &rows;
  for (const core::TableRows& rows : response.deletes) source_of(rows.name).deletes.rows = &rows;
  for (const std::string_view name : response.soft_delete_tables) {
    source_of(name);
    plan_of(name).marks_missing = true;
  }
  if (response.soft_delete_all) {
    for (const core::SchemaEntry& entry : response.schema) source_of(entry.table);
    for (TablePlan& plan : plans) plan.marks_missing = true;
  }
  return plans;
}

// The key that the page's schema declares for the table, in destination names; of several sources
// the last one counts.
std::vector<std::string> declared_key(const SyncResponse& response, const TablePlan& plan) {
  std::vector<std::string> key;
  for (const core::SchemaEntry& entry : response.schema) {
    if (!entry.usable_key() || stored_table_name(entry.table) != plan.table.name) continue;
    key.clear();
    for (const std::string_view part : entry.primary_key)
      if (std::string name = stored_column_name(part); std::ranges::find(key, name) == key.end())
        key.push_back(std::move(name));
  }
  return key;
}

bool same_set(std::vector<std::string> a, std::vector<std::string> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

// For each column of the page the part of the key it gives, or -1.
std::vector<int> key_parts(const core::TableRows& rows, const std::vector<std::string>& key) {
  std::vector<int> parts(rows.columns.size(), -1);
  for (std::size_t c = 0; c < parts.size(); ++c) {
    const std::string name = stored_column_name(rows.columns[c].name);
    const auto part = std::ranges::find(key, name);
    if (part != key.end() && !is_system_column(name))
      parts[c] = static_cast<int>(part - key.begin());
  }
  return parts;
}

void check_keys(PlannedRows& planned, const std::vector<std::string>& key, bool exact_counts) {
  if (planned.rows == nullptr) return;
  const core::TableRows& rows = *planned.rows;
  planned.usable = rows_with_key(rows, key_parts(rows, key), key.size(), exact_counts);
  planned.accepted = planned.usable.empty()
                         ? rows.rows()
                         : static_cast<std::uint64_t>(std::ranges::count(planned.usable, true));
}

// So that rows of a table that is not stored can be named by their key.
void name_key_columns(core::Table& table) {
  for (const std::string& part : table.primary_key)
    table.columns.push_back({part, part, core::ColumnType::string, true, false});
}

void plan_table(TablePlan& plan, const SyncResponse& response, core::DeleteMode delete_mode) {
  const bool exact_counts = response.facts.duplicate_key_count == 0;
  std::vector<std::string> key = declared_key(response, plan);
  if (key.empty()) key = plan.table.primary_key;
  std::uint64_t accepted = 0, deletes = 0;
  for (SourcePlan& source : plan.sources) {
    check_keys(source.inserts, key, exact_counts);
    accepted += source.inserts.accepted;
    deletes += source.deletes.size();
  }
  plan.create = !plan.exists && accepted > 0;
  plan.key_changed = plan.exists && accepted > 0 && !same_set(key, plan.table.primary_key);
  if (!plan.exists || plan.key_changed) plan.table.primary_key = std::move(key);
  if (!plan.is_stored()) name_key_columns(plan.table);
  plan.soft_deletes = plan.marks_missing || delete_mode == core::DeleteMode::soft;
  const bool needs_deleted = plan.marks_missing || (plan.soft_deletes && deletes > 0);
  if (plan.is_stored() && needs_deleted && !plan.table.has_deleted_column) {
    plan.table.has_deleted_column = true;
    plan.adds_deleted_column = plan.exists;
  }
  plan_columns(plan);
  for (SourcePlan& source : plan.sources) {
    check_keys(source.deletes, plan.table.primary_key, exact_counts);
    if (plan.table.primary_key.empty()) {  // nothing can be deleted without a key
      source.deletes.usable.assign(source.deletes.size(), false);
      source.deletes.accepted = 0;
    }
  }
}

}  // namespace

std::string stored_table_name(std::string_view source) {
  std::string name = protocol::table_name(source);
  if (name.empty()) return "_";
  return name.starts_with("sqlite_") ? "_" + name : name;
}

std::string stored_column_name(std::string_view source) {
  std::string name = protocol::column_name(source);
  return name.empty() ? "_" : name;
}

std::vector<TablePlan> plan_page(const SyncResponse& response, const Catalog& stored,
                                 core::DeleteMode delete_mode) {
  std::vector<TablePlan> plans = group_by_table(response, stored);
  for (TablePlan& plan : plans) plan_table(plan, response, delete_mode);
  return plans;
}

}  // namespace destinations
