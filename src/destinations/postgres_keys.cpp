// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"
#include "destinations/postgres_engine.hpp"
#include "destinations/postgres_types.hpp"
#include "destinations/sql_text.hpp"
#include "destinations/system_columns.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace destinations {
namespace {

// Indexes share the names of tables; none of a connector's tables can have these.
std::string index_name(std::string_view begin, const core::Table& table) {
  constexpr std::size_t kBytes = 8;
  return std::string(begin) + base::to_hex(base::sha256(table.name).substr(0, kBytes));
}
std::string key_name(const core::Table& table) {
  return index_name("_fivetran_sim_key_", table);
}
std::string long_key_name(const core::Table& table) {
  return index_name("_fivetran_sim_long_", table);
}

template <class Each>
std::string for_key(const core::Table& table, std::string_view separator, const Each& each) {
  Joined terms(separator);
  for (const std::string& part : table.primary_key) terms.add(each(part));
  return terms.take();
}

std::string column_of(const std::string& part) {
  return postgres_column_name(part);
}

std::string drop_not_null(const core::Table& table) {
  return for_key(table, ", ", [](const std::string& part) {
    return "ALTER " + column_of(part) + " DROP NOT NULL";
  });
}

std::vector<std::string> text_parts(const core::Table& table) {
  std::vector<std::string> parts;
  for (const core::Column& column : table.columns)
    if (column.key && is_text_in_key(column)) parts.push_back(column.name);
  return parts;
}

}  // namespace

bool is_text_in_key(const core::Column& column) {
  return column.type == core::ColumnType::string || column.type == core::ColumnType::json;
}

std::string postgres_key(const core::Table& table, bool long_keys) {
  const std::vector<std::string> texts = long_keys ? text_parts(table) : std::vector<std::string>();
  return for_key(table, ", ", [&](const std::string& part) {
    const bool is_text = std::ranges::find(texts, part) != texts.end();
    return is_text ? "md5(" + column_of(part) + ")" : column_of(part);
  });
}

// Oldest rows first, so that the last one of a key wins; one with a null in its key is its own.
base::Result<void> PostgresEngine::keep_last_of_keys(const TablePlan& plan,
                                                     const core::Table& before) {
  const core::Table& table = plan.table;
  const std::string name = qualified(table.name);
  const std::string doing = fmt::format("rebuild {} in", table.name);
  const bool appended = before.primary_key.empty();
  const std::string latest =
      appended ? fmt::format("{} DESC, {} DESC", quoted_name(kBatch), quoted_name(kIndex))
               : fmt::format("{} DESC, ctid DESC", quoted_name(kSynced));
  const auto is_there = [](const std::string& part) { return column_of(part) + " IS NOT NULL"; };
  FSIM_TRY(execute(
      fmt::format("DELETE FROM {0} AS t USING (SELECT ctid AS at, row_number() OVER (PARTITION BY "
                  "{1} ORDER BY {2}) AS place FROM {0} WHERE {3}) AS d WHERE t.ctid = d.at AND "
                  "d.place > 1",
                  name, for_key(table, ", ", column_of), latest, for_key(table, " AND ", is_there)),
      doing));
  if (!appended) return {};
  return execute(fmt::format("ALTER TABLE {} DROP {}, DROP {}", name, quoted_name(kBatch),
                             quoted_name(kIndex)),
                 doing);
}

base::Result<void> PostgresEngine::drop_key(const core::Table& table) {
  return execute(
      fmt::format("ALTER TABLE {0} DROP CONSTRAINT IF EXISTS {1}; DROP INDEX IF EXISTS "
                  "{2}; DROP INDEX IF EXISTS {3}; ALTER TABLE {0} {4}",
                  qualified(table.name), quoted_name(key_name(table)), qualified(key_name(table)),
                  qualified(long_key_name(table)), drop_not_null(table)),
      fmt::format("rebuild {} in", table.name));
}

// A primary key takes no nulls; where a row has one, a unique index does the same work.
base::Result<void> PostgresEngine::add_key(const core::Table& table) {
  const std::string name = qualified(table.name);
  const std::string doing = fmt::format("make the key of {} in", table.name);
  Joined length(" + ");
  for (const std::string& part : text_parts(table))
    length.add("coalesce(octet_length(" + column_of(part) + "), 0)");
  const std::string bytes = length.take();
  FSIM_ASSIGN(
      const auto found,
      select(
          fmt::format("SELECT CASE WHEN bool_or({}) THEN 1 END, CASE WHEN bool_or({}) THEN 1 "
                      "END FROM {}",
                      for_key(table, " OR ",
                              [](const std::string& part) { return column_of(part) + " IS NULL"; }),
                      bytes.empty() ? "false" : fmt::format("{} > {}", bytes, kLongestKey), name),
          doing));
  if (found[0][1])
    return execute(fmt::format("CREATE UNIQUE INDEX {} ON {}({})",
                               quoted_name(long_key_name(table)), name, postgres_key(table, true)),
                   doing);
  const std::string key = postgres_key(table, false);
  return execute(found[0][0] ? fmt::format("CREATE UNIQUE INDEX {} ON {}({})",
                                           quoted_name(key_name(table)), name, key)
                             : fmt::format("ALTER TABLE {} ADD CONSTRAINT {} PRIMARY KEY ({})",
                                           name, quoted_name(key_name(table)), key),
                 doing);
}

base::Result<void> PostgresEngine::allow_null_keys(const core::Table& table) {
  const std::string doing = fmt::format("make the key of {} in", table.name);
  FSIM_ASSIGN(const auto primary,
              select(fmt::format("SELECT 1 FROM pg_catalog.pg_constraint WHERE contype = 'p' AND "
                                 "conrelid = {}::regclass",
                                 literal(qualified(table.name))),
                     doing));
  if (primary.empty()) return {};
  return execute(fmt::format("ALTER TABLE {0} DROP CONSTRAINT {1}; ALTER TABLE {0} {2}; "
                             "CREATE UNIQUE INDEX {1} ON {0}({3})",
                             qualified(table.name), quoted_name(key_name(table)),
                             drop_not_null(table), postgres_key(table, false)),
                 doing);
}

base::Result<bool> PostgresEngine::has_long_keys(const core::Table& table) {
  if (text_parts(table).empty()) return false;
  FSIM_ASSIGN(const auto found, select(fmt::format("SELECT to_regclass({})",
                                                   literal(qualified(long_key_name(table)))),
                                       fmt::format("read {} in", table.name)));
  return found[0][0].has_value();
}

base::Result<void> PostgresEngine::allow_long_keys(const core::Table& table) {
  FSIM_TRY(drop_key(table));
  return execute(fmt::format("CREATE UNIQUE INDEX {} ON {}({})", quoted_name(long_key_name(table)),
                             qualified(table.name), postgres_key(table, true)),
                 fmt::format("make the key of {} in", table.name));
}

}  // namespace destinations
