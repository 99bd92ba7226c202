// SPDX-License-Identifier: Apache-2.0
#include "destinations/page_plan.hpp"

#include "destinations/column_plan.hpp"
#include "destinations/duplicates.hpp"
#include "destinations/key_check.hpp"
#include "destinations/system_columns.hpp"
#include "protocol/naming.hpp"

#include <algorithm>

namespace destinations {
namespace {

using core::SyncResponse;

// The stored table of that name in any case.
const core::Table* find_stored(const Catalog& stored, const std::string& name) {
  if (const auto exact = stored.find(name); exact != stored.end()) return &exact->second;
  for (const auto& [known, table] : stored)
    if (known.size() == name.size() && protocol::folded(known) == protocol::folded(name))
      return &table;
  return nullptr;
}

// Gathers the tables of a page by destination name, in order of appearance, each with its sources.
class TableGroups {
 public:
  TableGroups(const Catalog& stored, const PlanOptions& options)
      : stored_(stored), options_(options) {}

  void add(const SyncResponse& response) {
    for (const core::TableRows& rows : response.inserts) source_of(rows.name).inserts.rows = &rows;
    for (const core::TableRows& rows : response.deletes) source_of(rows.name).deletes.rows = &rows;
    for (const std::string_view name : response.soft_delete_tables) {
      source_of(name);
      plan_of(name).marks_missing = true;
    }
    if (!response.soft_delete_all) return;
    for (const core::SchemaEntry& entry : response.schema) source_of(entry.table);
    for (TablePlan& plan : plans_) plan.marks_missing = true;
  }

  std::vector<TablePlan> take() { return std::move(plans_); }

 private:
  TablePlan& plan_of(std::string_view source) {
    std::string name = stored_table_name(source, options_.naming);
    const auto [entry, is_new] = by_name_.try_emplace(protocol::folded(name), plans_.size());
    if (!is_new) return plans_[entry->second];
    TablePlan& plan = plans_.emplace_back();
    const core::Table* known = find_stored(stored_, name);
    plan.exists = known != nullptr;
    if (known != nullptr) {
      plan.table = *known;
    } else {
      plan.table.source = source;
      plan.table.name = std::move(name);
    }
    return plan;
  }

  SourcePlan& source_of(std::string_view name) {
    std::vector<SourcePlan>& sources = plan_of(name).sources;
    const auto found = std::ranges::find(sources, name, &SourcePlan::name);
    if (found != sources.end()) return *found;
    return sources.emplace_back(SourcePlan{std::string(name), {}, {}, {}});
  }

  const Catalog& stored_;
  const PlanOptions& options_;
  std::vector<TablePlan> plans_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
};

// The spelling that the table has for a column of that name already, else the name itself.
std::string known_spelling(const core::Table& table, std::string name) {
  for (const core::Column& column : table.columns)
    if (column.name.size() == name.size() &&
        protocol::folded(column.name) == protocol::folded(name))
      return column.name;
  return name;
}

// The key that the page's schema declares for the table, in destination names; of several sources
// the last one counts.
std::vector<std::string> declared_key(const SyncResponse& response, const TablePlan& plan,
                                      protocol::Naming naming) {
  std::vector<std::string> key;
  const std::string table = protocol::folded(plan.table.name);
  for (const core::SchemaEntry& entry : response.schema) {
    if (!entry.usable_key() || protocol::folded(stored_table_name(entry.table, naming)) != table)
      continue;
    key.clear();
    for (const std::string_view part : entry.primary_key)
      if (std::string name = known_spelling(plan.table, stored_column_name(part, naming));
          std::ranges::find(key, name) == key.end())
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
std::vector<int> key_parts(const core::TableRows& rows, const std::vector<std::string>& key,
                           protocol::Naming naming) {
  std::vector<int> parts(rows.columns.size(), -1);
  for (std::size_t c = 0; c < parts.size(); ++c) {
    const std::string name = protocol::folded(stored_column_name(rows.columns[c].name, naming));
    const auto part = std::ranges::find(key, name, protocol::folded);
    if (part != key.end() && !is_system_column(name))
      parts[c] = static_cast<int>(part - key.begin());
  }
  return parts;
}

struct KeyRule {
  const std::vector<std::string>& key;
  protocol::Naming naming;
  bool exact_counts;  // PageColumn::values counts each row once
};

void check_keys(PlannedRows& planned, const KeyRule& rule) {
  if (planned.rows == nullptr) return;
  const core::TableRows& rows = *planned.rows;
  planned.usable = rows_with_key(rows, key_parts(rows, rule.key, rule.naming), rule.key.size(),
                                 rule.exact_counts);
  planned.accepted = planned.usable.empty()
                         ? rows.rows()
                         : static_cast<std::uint64_t>(std::ranges::count(planned.usable, true));
}

// So that rows of a table that is not stored can be named by their key.
void name_key_columns(core::Table& table) {
  for (const std::string& part : table.primary_key)
    table.columns.push_back({part, part, core::ColumnType::string, true, false});
}

// Whether each part of the key is a column that the table or the page has; else no table can have
// that key, and no row is loaded.
bool key_has_columns(const TablePlan& plan, const std::vector<std::string>& key,
                     protocol::Naming naming) {
  const auto in_page = [&](const std::string& part) {
    return std::ranges::any_of(plan.sources, [&](const SourcePlan& source) {
      return source.inserts.rows != nullptr &&
             std::ranges::any_of(source.inserts.rows->columns, [&](const core::PageColumn& page) {
               return page.types != 0 && protocol::folded(stored_column_name(page.name, naming)) ==
                                             protocol::folded(part);
             });
    });
  };
  return std::ranges::all_of(key, [&](const std::string& part) {
    const bool stored = std::ranges::find(plan.table.columns, part, &core::Column::name) !=
                        plan.table.columns.end();
    return (stored || in_page(part)) && !is_system_column(protocol::folded(part));
  });
}

// The key in force after the page, and which rows can be loaded under it.
std::uint64_t plan_key(TablePlan& plan, const SyncResponse& response, const PlanOptions& options,
                       bool exact_counts) {
  std::vector<std::string> key = declared_key(response, plan, options.naming);
  if (key.empty() || (plan.exists && options.key_change == KeyChange::keep))
    key = plan.table.primary_key;
  std::uint64_t accepted = 0;
  const bool load_all =
      options.null_keys == NullKeys::load && key_has_columns(plan, key, options.naming);
  for (SourcePlan& source : plan.sources) {
    if (!load_all)
      check_keys(source.inserts, {key, options.naming, exact_counts});
    else
      source.inserts.accepted = source.inserts.size();
    accepted += source.inserts.accepted;
  }
  plan.key_changed = plan.exists && accepted > 0 && !same_set(key, plan.table.primary_key);
  if (!plan.exists || plan.key_changed) plan.table.primary_key = std::move(key);
  return accepted;
}

base::Result<void> plan_table(TablePlan& plan, const SyncResponse& response,
                              const PlanOptions& options, const StoredDigits& stored_digits) {
  const bool exact_counts = response.facts.duplicate_key_count == 0;
  const std::uint64_t accepted = plan_key(plan, response, options, exact_counts);
  std::uint64_t deletes = 0;
  for (const SourcePlan& source : plan.sources) deletes += source.deletes.size();
  plan.create = !plan.exists && accepted > 0;
  if (!plan.is_stored()) name_key_columns(plan.table);
  plan.soft_deletes = plan.marks_missing || options.delete_mode == core::DeleteMode::soft;
  const bool needs_deleted = plan.marks_missing || (plan.soft_deletes && deletes > 0);
  if (plan.is_stored() && needs_deleted && !plan.table.has_deleted_column) {
    plan.table.has_deleted_column = true;
    plan.adds_deleted_column = plan.exists;
  }
  FSIM_TRY(plan_columns(plan, options, stored_digits));
  if (options.duplicate_winner == DuplicateWinner::first && !plan.table.primary_key.empty())
    pass_over_duplicates(plan);
  for (SourcePlan& source : plan.sources) {
    check_keys(source.deletes, {plan.table.primary_key, options.naming, exact_counts});
    if (plan.table.primary_key.empty()) {  // nothing can be deleted without a key
      source.deletes.usable.assign(source.deletes.size(), false);
      source.deletes.accepted = 0;
    }
  }
  return {};
}

}  // namespace

std::string stored_table_name(std::string_view source, protocol::Naming naming) {
  std::string name = protocol::table_name(source, naming);
  if (name.empty()) return "_";
  const std::string lower = protocol::folded(name);
  const bool reserved = lower.starts_with("sqlite_") || lower.starts_with("_fivetran_sim_");
  return reserved ? "_" + name : name;
}

std::string stored_column_name(std::string_view source, protocol::Naming naming) {
  std::string name = protocol::column_name(source, naming);
  return name.empty() ? "_" : name;
}

base::Result<std::vector<TablePlan>> plan_page(const SyncResponse& response, const Catalog& stored,
                                               const PlanOptions& options,
                                               const StoredDigits& stored_digits) {
  TableGroups groups(stored, options);
  groups.add(response);
  std::vector<TablePlan> plans = groups.take();
  for (TablePlan& plan : plans) FSIM_TRY(plan_table(plan, response, options, stored_digits));
  return plans;
}

}  // namespace destinations
