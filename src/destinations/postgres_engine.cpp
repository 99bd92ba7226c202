// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_engine.hpp"

#include "destinations/postgres_types.hpp"
#include "destinations/sql_text.hpp"
#include "destinations/system_columns.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace destinations {
namespace {

// Columns that every table of PostgreSQL has by itself.
constexpr std::array<std::string_view, 6> kTaken = {"tableoid", "xmin", "cmin",
                                                    "xmax",     "cmax", "ctid"};
constexpr std::size_t kStagesKept = 32;

}  // namespace

base::Result<std::unique_ptr<PostgresEngine>> PostgresEngine::open(const std::string& url,
                                                                   const std::string& schema,
                                                                   const OpenOptions& options) {
  FSIM_ASSIGN(PostgresSession session, PostgresSession::connect(url, schema, options));
  if (options.lock && !options.read_only) FSIM_TRY(lock_schema(session, options));
  std::unique_ptr<PostgresEngine> engine(new PostgresEngine(std::move(session)));
  if (!options.read_only) return engine;
  FSIM_ASSIGN(const bool there, engine->has_schema());
  if (there) return engine;
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot open {}: it has no schema {} (run a sync first, or give "
                                "another --destination or --schema)",
                                engine->name(), schema));
}

base::Result<void> PostgresEngine::execute(const std::string& sql, std::string_view doing) {
  if (sql == "ROLLBACK") stages_.clear();  // those made in the transaction are gone
  FSIM_TRY(session_.run(sql, doing));
  return {};
}

base::Result<std::uint64_t> PostgresEngine::change(const std::string& sql, std::string_view doing) {
  FSIM_ASSIGN(const PostgresResult result, session_.run(sql, doing));
  return result.changed_rows();
}

base::Result<std::vector<SqlRow>> PostgresEngine::select(const std::string& sql,
                                                         std::string_view doing) {
  FSIM_ASSIGN(const PostgresResult result, session_.run(sql, doing));
  std::vector<SqlRow> rows(static_cast<std::size_t>(result.rows()));
  for (int row = 0; row < result.rows(); ++row)
    for (int column = 0; column < result.columns(); ++column) {
      auto& cell = rows[static_cast<std::size_t>(row)].emplace_back();
      if (!result.is_null(row, column)) cell = result.text(row, column);
    }
  return rows;
}

std::string PostgresEngine::qualified(std::string_view table) const {
  return quoted_name(session_.schema()) + "." + quoted_name(table);
}

base::Result<bool> PostgresEngine::has_schema() {
  FSIM_ASSIGN(const auto found,
              select("SELECT has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace WHERE "
                     "nspname = " +
                         literal(session_.schema()),
                     "open"));
  if (found.empty() || found[0][0] == "t") return !found.empty();
  // Without the right its tables could not be seen, and it would look empty.
  return base::fail(
      base::ErrorKind::environment,
      fmt::format("cannot open {}: the role may not use the schema {} (grant it USAGE "
                  "and what else it needs, or take the role that made it)",
                  name(), session_.schema()));
}

// Asked first: a role that may use the schema need not have the right to make one.
base::Result<void> PostgresEngine::make_schema() {
  FSIM_ASSIGN(const bool there, has_schema());
  if (there) return {};
  return execute("CREATE SCHEMA " + quoted_name(session_.schema()), "create a schema in");
}

base::Result<std::unique_ptr<PostgresCopy>> PostgresEngine::stage(
    std::span<const core::Column> columns) {
  constexpr char kDoing[] = "load a page into";
  std::string definition = "row_number bigint, staged_as smallint";
  std::vector<core::ColumnType> types;
  for (const core::Column& column : columns) {
    definition += fmt::format(", c{} {}", types.size(), postgres_type(column));
    types.push_back(column.type);
  }
  const auto made = stages_.find(definition);
  if (made != stages_.end()) {
    stage_ = made->second;
    FSIM_TRY(execute("TRUNCATE " + stage_, kDoing));
  } else {
    if (stages_.size() >= kStagesKept) {
      for (const auto& [types_of, table] : stages_)
        FSIM_TRY(execute("DROP TABLE " + table, kDoing));
      stages_.clear();
    }
    stage_ = fmt::format("pg_temp.fivetran_sim_stage_{}", ++stages_made_);
    FSIM_TRY(execute(fmt::format("CREATE TEMPORARY TABLE {}({})", stage_, definition), kDoing));
    stages_.emplace(std::move(definition), stage_);
  }
  FSIM_TRY(session_.begin_copy("COPY " + stage_ + " FROM STDIN (FORMAT binary)", kDoing));
  return std::make_unique<PostgresCopy>(session_, std::move(types));
}

std::string postgres_column_name(std::string_view name) {
  const bool taken = std::ranges::find(kTaken, name) != kTaken.end();
  return quoted_name(taken ? "_" + std::string(name) : name);
}

std::string PostgresEngine::merge_sql(const core::Table& table, std::string_view columns,
                                      std::string_view values, bool all_new, bool long_keys) const {
  std::string sql = fmt::format("INSERT INTO {}({}) SELECT {} FROM {} s WHERE s.staged_as <> {}",
                                qualified(table.name), columns, values, stage_,
                                static_cast<int>(StagedAs::first));
  if (all_new) return sql;
  Joined changes(", ");
  const auto take_new = [&](const std::string& name) { changes.add(name + " = EXCLUDED." + name); };
  for (const core::Column& column : table.columns)
    if (!column.key) take_new(postgres_column_name(column.name));
  for (const std::string_view name : system_columns(table)) take_new(quoted_name(name));
  return fmt::format("{} ON CONFLICT ({}) DO UPDATE SET {}", sql, postgres_key(table, long_keys),
                     changes.take());
}

}  // namespace destinations
