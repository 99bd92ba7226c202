// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"
#include "destinations/postgres_engine.hpp"
#include "destinations/postgres_types.hpp"
#include "destinations/sql_text.hpp"
#include "destinations/system_columns.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace destinations {
namespace {

// Indexes share the names of tables; none of a connector's tables can have this one.
std::string key_name(const core::Table& table) {
  constexpr std::size_t kBytes = 8;
  return "_fivetran_sim_key_" + base::to_hex(base::sha256(table.name).substr(0, kBytes));
}

template <class Each>
std::string for_key(const core::Table& table, std::string_view separator, const Each& each) {
  Joined terms(separator);
  for (const std::string& part : table.primary_key) terms.add(each(part));
  return terms.take();
}

}  // namespace

base::Result<void> PostgresEngine::reshape(const TablePlan& plan, const core::Table& before) {
  const core::Table& table = plan.table;
  const std::string name = qualified(table.name);
  Joined actions(", ");
  if (plan.create) {
    for (const core::Column& column : table.columns)
      actions.add(postgres_column_name(column.name) + " " + postgres_type(column));
    for (const std::string_view system : system_columns(table))
      actions.add(quoted(system) + " " + postgres_system_type(system));
    FSIM_TRY(execute(fmt::format("CREATE TABLE {}({})", name, actions.take()),
                     fmt::format("create {} in", table.name)));
    return table.primary_key.empty() ? base::Result<void>() : add_key(table);
  }
  const bool rekey = plan.key_changed && !before.primary_key.empty();
  if (rekey)
    FSIM_TRY(
        execute(fmt::format("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}; DROP INDEX IF EXISTS "
                            "{}",
                            name, quoted(key_name(table)), qualified(key_name(table))),
                fmt::format("rebuild {} in", table.name)));
  if (rekey)
    for (const std::string& part : before.primary_key)
      actions.add("ALTER " + postgres_column_name(part) + " DROP NOT NULL");
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const core::Column& column = table.columns[c];
    const std::string column_is = postgres_column_name(column.name), type = postgres_type(column);
    if (c >= before.columns.size())
      actions.add(fmt::format("ADD {} {}", column_is, type));
    else if (before.columns[c].type != column.type || postgres_type(before.columns[c]) != type)
      actions.add(fmt::format("ALTER {} TYPE {} USING {}", column_is, type,
                              postgres_conversion(column_is, before.columns[c], column)));
  }
  if (plan.adds_deleted_column)
    actions.add("ADD " + quoted(kDeleted) + " " + postgres_system_type(kDeleted));
  if (const std::string all = actions.take(); !all.empty())
    FSIM_TRY(execute(fmt::format("ALTER TABLE {} {}", name, all),
                     fmt::format("change columns of {} in", table.name)));
  if (!plan.key_changed) return {};
  FSIM_TRY(keep_last_of_keys(plan, before));
  return add_key(table);
}

// Oldest rows first, so that the last one of a key wins; one with a null in its key is its own.
base::Result<void> PostgresEngine::keep_last_of_keys(const TablePlan& plan,
                                                     const core::Table& before) {
  const core::Table& table = plan.table;
  const std::string name = qualified(table.name);
  const std::string doing = fmt::format("rebuild {} in", table.name);
  const bool appended = before.primary_key.empty();
  const std::string latest = appended
                                 ? fmt::format("{} DESC, {} DESC", quoted(kBatch), quoted(kIndex))
                                 : fmt::format("{} DESC, ctid DESC", quoted(kSynced));
  const auto column = [](const std::string& part) { return postgres_column_name(part); };
  const auto is_there = [](const std::string& part) {
    return postgres_column_name(part) + " IS NOT NULL";
  };
  FSIM_TRY(execute(
      fmt::format("DELETE FROM {0} AS t USING (SELECT ctid AS at, row_number() OVER (PARTITION BY "
                  "{1} ORDER BY {2}) AS place FROM {0} WHERE {3}) AS d WHERE t.ctid = d.at AND "
                  "d.place > 1",
                  name, for_key(table, ", ", column), latest, for_key(table, " AND ", is_there)),
      doing));
  if (!appended) return {};
  return execute(
      fmt::format("ALTER TABLE {} DROP {}, DROP {}", name, quoted(kBatch), quoted(kIndex)), doing);
}

// A primary key takes no nulls; where a row has one, a unique index does the same work.
base::Result<void> PostgresEngine::add_key(const core::Table& table) {
  const std::string name = qualified(table.name);
  const std::string doing = fmt::format("make the key of {} in", table.name);
  const auto column = [](const std::string& part) { return postgres_column_name(part); };
  const auto is_null = [](const std::string& part) {
    return postgres_column_name(part) + " IS NULL";
  };
  FSIM_ASSIGN(const auto nulls, select(fmt::format("SELECT 1 FROM {} WHERE {} LIMIT 1", name,
                                                   for_key(table, " OR ", is_null)),
                                       doing));
  const std::string key = for_key(table, ", ", column);
  return execute(nulls.empty() ? fmt::format("ALTER TABLE {} ADD CONSTRAINT {} PRIMARY KEY ({})",
                                             name, quoted(key_name(table)), key)
                               : fmt::format("CREATE UNIQUE INDEX {} ON {}({})",
                                             quoted(key_name(table)), name, key),
                 doing);
}

base::Result<protocol::DecimalDigits> PostgresEngine::stored_digits(const std::string& table,
                                                                    const core::Column& column) {
  core::Column decimal = column;
  decimal.type = core::ColumnType::decimal;
  const std::string number =
      postgres_conversion(postgres_column_name(column.name), column, decimal) + "::text";
  // Digits in front of the point but for a single zero, and those behind it but for zeros at the
  // end.
  FSIM_ASSIGN(const auto found,
              select(fmt::format("SELECT max(length(substring({0} FROM '^-?([1-9][0-9]*)'))), "
                                 "max(length(substring({0} FROM '[.]([0-9]*[1-9])'))) FROM {1}",
                                 number, qualified(table)),
                     fmt::format("read {} in", table)));
  const auto count = [&](std::size_t cell) {
    return found[0][cell] ? std::atoi(found[0][cell]->c_str()) : 0;
  };
  return protocol::DecimalDigits{count(0), count(1)};
}

base::Result<void> PostgresEngine::allow_null_keys(const core::Table& table) {
  const std::string doing = fmt::format("make the key of {} in", table.name);
  FSIM_ASSIGN(const auto primary,
              select(fmt::format("SELECT 1 FROM pg_catalog.pg_constraint WHERE contype = 'p' AND "
                                 "conrelid = {}::regclass",
                                 literal(qualified(table.name))),
                     doing));
  if (primary.empty()) return {};
  const auto column = [](const std::string& part) { return postgres_column_name(part); };
  const auto nullable = [](const std::string& part) {
    return "ALTER " + postgres_column_name(part) + " DROP NOT NULL";
  };
  return execute(fmt::format("ALTER TABLE {0} DROP CONSTRAINT {1}; ALTER TABLE {0} {2}; "
                             "CREATE UNIQUE INDEX {1} ON {0}({3})",
                             qualified(table.name), quoted(key_name(table)),
                             for_key(table, ", ", nullable), for_key(table, ", ", column)),
                 doing);
}

}  // namespace destinations
