// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_shape.hpp"

#include "destinations/sql_text.hpp"
#include "destinations/sqlite_convert.hpp"
#include "destinations/sqlite_sql.hpp"

#include <fmt/format.h>

namespace destinations {
namespace {

constexpr char kCopy[] = "_fivetran_sim_copy";

base::Result<std::vector<std::string>> attached_sql(SqliteDb& db, const core::Table& table) {
  FSIM_ASSIGN(
      SqliteStatement rows,
      db.prepare("SELECT sql FROM sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL AND "
                 "type IN ('index', 'trigger')"));
  rows.bind(1, table.name);
  std::vector<std::string> statements;
  Step step = rows.step();
  for (; step == Step::row; step = rows.step()) statements.emplace_back(rows.text(0));
  if (step == Step::failed) return tl::unexpected(db.error("read"));
  return statements;
}

base::Result<void> rebuild(SqliteDb& db, const TablePlan& plan, const core::Table& before) {
  const std::string doing = fmt::format("rebuild {} in", plan.table.name);
  FSIM_ASSIGN(const std::vector<std::string> attached, attached_sql(db, before));
  FSIM_TRY(db.execute(create_sql(plan.table, kCopy), doing));
  FSIM_TRY(db.execute(copy_sql(plan, before, kCopy), doing));
  FSIM_TRY(db.execute(fmt::format("DROP TABLE {}; ALTER TABLE {} RENAME TO {}",
                                  quoted_name(before.name), kCopy, quoted_name(plan.table.name)),
                      doing));
  for (const std::string& statement : attached) FSIM_TRY(db.execute(statement, doing));
  return {};
}

}  // namespace

base::Result<protocol::DecimalDigits> stored_digits(SqliteDb& db, const std::string& table,
                                                    const core::Column& column) {
  const std::string name = quoted_name(column.name);
  const std::string text = conversion_sql(name, column.type, core::ColumnType::decimal);
  FSIM_ASSIGN(SqliteStatement rows, db.prepare(fmt::format("SELECT {} FROM {} WHERE {} IS NOT NULL",
                                                           text, quoted_name(table), name)));
  protocol::DecimalDigits digits;
  Step step = rows.step();
  for (; step == Step::row; step = rows.step()) digits.add(protocol::digits_of(rows.text(0)));
  if (step == Step::failed) return tl::unexpected(db.error(fmt::format("read {} in", table)));
  return digits;
}

base::Result<void> apply_shape(SqliteDb& db, const TablePlan& plan, const core::Table& before) {
  const std::string doing = fmt::format("create {} in", plan.table.name);
  if (plan.create) return db.execute(create_sql(plan.table, plan.table.name), doing);
  if (plan.key_changed || !plan.retyped.empty()) return rebuild(db, plan, before);
  const std::string extending = fmt::format("add columns to {} in", plan.table.name);
  for (const std::size_t c : plan.new_columns)
    FSIM_TRY(db.execute(add_column_sql(plan.table, plan.table.columns[c]), extending));
  if (plan.adds_deleted_column) FSIM_TRY(db.execute(add_deleted_sql(plan.table), extending));
  return {};
}

}  // namespace destinations
