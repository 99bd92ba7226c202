// SPDX-License-Identifier: Apache-2.0
#include "workflows/schema_lock.hpp"

#include "protocol/widening.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace workflows {
namespace {

using core::ColumnType;

constexpr std::string_view kWords[] = {"evolve", "warn", "freeze"};

std::vector<std::string> sorted_key(const core::Table& table) {
  std::vector<std::string> key = table.primary_key;
  std::ranges::sort(key);
  return key;
}

std::string key_text(const std::vector<std::string>& key) {
  return key.empty() ? "none" : fmt::format("{}", fmt::join(key, ", "));
}

// A wider number or a wider time is read like the one before; a text is not.
Impact impact_of_type(ColumnType before, ColumnType after) {
  return protocol::same_family(before, after) ? Impact::safe : Impact::breaking;
}

class Comparison {
 public:
  explicit Comparison(const SchemaLock& lock) : lock_(lock) {}

  std::vector<SchemaDrift> run(const std::vector<core::Table>& tables, const std::string& naming) {
    if (naming != lock_.naming)
      add({DriftKind::naming_changed, "", "", lock_.naming, naming, Impact::needs_resync,
           lock_.contract.tables});
    for (const auto& [name, locked] : lock_.tables) {
      const auto now = std::ranges::find(tables, name, &core::Table::name);
      if (now != tables.end())
        compare(locked, *now);
      else
        add({DriftKind::table_removed, name, "", "", "", Impact::breaking, lock_.contract.tables});
    }
    for (const core::Table& table : tables)
      if (!lock_.tables.contains(table.name))
        add({DriftKind::table_added, table.name, "", "", "", Impact::safe, lock_.contract.tables});
    return std::move(drifts_);
  }

 private:
  void add(SchemaDrift drift) { drifts_.push_back(std::move(drift)); }

  void compare(const LockedTable& locked, const core::Table& now) {
    const ContractWord columns = locked.columns_word.value_or(lock_.contract.columns);
    const ContractWord types = locked.types_word.value_or(lock_.contract.types);
    if (const auto key = sorted_key(now); key != locked.primary_key)
      add({DriftKind::key_changed, now.name, "", key_text(locked.primary_key), key_text(key),
           Impact::needs_resync, columns});
    for (const auto& [name, type] : locked.columns) {
      const auto column = std::ranges::find(now.columns, name, &core::Column::name);
      if (column == now.columns.end())
        add({DriftKind::column_removed, now.name, name, std::string(core::name(type)), "",
             Impact::breaking, columns});
      else if (protocol::widen(type, column->type, column->beyond_double) != type)
        add({DriftKind::type_changed, now.name, name, std::string(core::name(type)),
             std::string(core::name(column->type)), impact_of_type(type, column->type), types});
    }
    for (const core::Column& column : now.columns)
      if (!locked.columns.contains(column.name))
        add({DriftKind::column_added, now.name, column.name, "",
             std::string(core::name(column.type)), Impact::safe, columns});
  }

  const SchemaLock& lock_;
  std::vector<SchemaDrift> drifts_;
};

}  // namespace

std::string_view name(ContractWord word) {
  return kWords[static_cast<int>(word)];
}

std::optional<ContractWord> contract_word(std::string_view name) {
  const auto* const found = std::ranges::find(kWords, name);
  if (found == std::end(kWords)) return std::nullopt;
  return static_cast<ContractWord>(found - std::begin(kWords));
}

std::string_view name(Impact impact) {
  switch (impact) {
    case Impact::safe: return "safe";
    case Impact::needs_resync: return "needs a re-sync";
    case Impact::breaking: return "breaking";
  }
  return "";
}

SchemaLock lock_of(const std::vector<core::Table>& tables, const std::string& naming,
                   const SchemaLock* before) {
  SchemaLock lock;
  lock.naming = naming;
  if (before != nullptr) lock.contract = before->contract;
  for (const core::Table& table : tables) {
    LockedTable& locked = lock.tables[table.name];
    locked.source = table.source;
    locked.primary_key = sorted_key(table);
    for (const core::Column& column : table.columns) locked.columns[column.name] = column.type;
    if (before == nullptr) continue;
    const auto old = before->tables.find(table.name);
    if (old == before->tables.end()) continue;
    locked.columns_word = old->second.columns_word;
    locked.types_word = old->second.types_word;
  }
  return lock;
}

std::vector<SchemaDrift> compare_with_lock(const SchemaLock& lock,
                                           const std::vector<core::Table>& tables,
                                           const std::string& naming) {
  return Comparison(lock).run(tables, naming);
}

std::string text_of(const SchemaDrift& drift) {
  const std::string column = drift.table + "." + drift.column;
  switch (drift.kind) {
    case DriftKind::naming_changed: return fmt::format("names: {} → {}", drift.before, drift.after);
    case DriftKind::table_added: return fmt::format("table {} is new", drift.table);
    case DriftKind::table_removed: return fmt::format("table {} is gone", drift.table);
    case DriftKind::column_added: return fmt::format("column {} is new: {}", column, drift.after);
    case DriftKind::column_removed:
      return fmt::format("column {} is gone: {}", column, drift.before);
    case DriftKind::type_changed:
      return fmt::format("type of {}: {} → {}", column, drift.before, drift.after);
    case DriftKind::key_changed:
      return fmt::format("key of {}: {} → {}", drift.table, drift.before, drift.after);
  }
  return "";
}

}  // namespace workflows
