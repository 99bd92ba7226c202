// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/options.hpp"
#include "destinations/page_plan.hpp"
#include "destinations/postgres_copy.hpp"
#include "destinations/postgres_session.hpp"
#include "destinations/sql_session.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace destinations {

// The most columns of a table: MaxHeapAttributeNumber of PostgreSQL.
inline constexpr std::uint64_t kPostgresMaxColumns = 1600;

// The quoted name under which a column is stored: PostgreSQL has columns of its own in each table,
// such as xmin, whose names get an underscore in front.
std::string postgres_column_name(std::string_view name);

// A key with more bytes of text than this goes into its index as a digest: PostgreSQL's B-tree
// takes 2,704 bytes a row (BTMaxItemSize), numbers and lengths included.
inline constexpr std::size_t kLongestKey = 2000;
// Whether the column, as part of a key, is stored as text.
bool is_text_in_key(const core::Column& column);
// The parts of the key as its index has them: "id", md5("name").
std::string postgres_key(const core::Table& table, bool long_keys);

// One schema of a database on a PostgreSQL server (11 or later).
class PostgresEngine final : public SqlSession {
 public:
  // `url` is whole: "postgresql://user@host/database". Keeps other runs out of the schema for as
  // long as it is open when the options say so. Error (environment): see PostgresSession::connect,
  // another run holds the schema, or there is no such schema to read.
  static base::Result<std::unique_ptr<PostgresEngine>> open(const std::string& url,
                                                            const std::string& schema,
                                                            const OpenOptions& options);

  base::Result<void> execute(const std::string& sql, std::string_view doing) override;
  base::Result<std::uint64_t> change(const std::string& sql, std::string_view doing) override;
  base::Result<std::vector<SqlRow>> select(const std::string& sql, std::string_view doing) override;
  std::string qualified(std::string_view table) const override;
  const std::string& schema() const override { return session_.schema(); }
  const std::string& name() const override { return session_.name(); }

  // Makes the schema where there is none yet; before the first table.
  base::Result<void> make_schema();
  // Makes, extends or rebuilds the table so that it has the shape of plan.table; `before` is what
  // it was and unused for a new one.
  base::Result<void> reshape(const TablePlan& plan, const core::Table& before);
  // Lets a keyed table take nulls in its key, all of them different; rows are about to bring some.
  base::Result<void> allow_null_keys(const core::Table& table);
  // Whether texts in the key stand in the index by their digest, as they do once one came that is
  // too long for an index; allow_long_keys makes it so.
  base::Result<bool> has_long_keys(const core::Table& table);
  base::Result<void> allow_long_keys(const core::Table& table);
  // What a StoredDigits answers.
  base::Result<protocol::DecimalDigits> stored_digits(const std::string& table,
                                                      const core::Column& column);

  // Makes an empty temporary table for rows of one page, the stage, and opens it for writing. It
  // has the columns row_number, staged_as, and "c0", "c1", … for those of `columns`.
  base::Result<std::unique_ptr<PostgresCopy>> stage(std::span<const core::Column> columns);
  const std::string& stage_name() const { return stage_; }
  // One statement that puts the rows of the stage that stay into the table, over those of the same
  // key; none is there when `all_new`.
  std::string merge_sql(const core::Table& table, std::string_view columns, std::string_view values,
                        bool all_new, bool long_keys) const;

  // Runs one statement that only reads. Error (usage): it is wrong, it would write, or there is
  // more than one.
  base::Result<core::QueryResult> query(std::string_view sql);
  base::Result<std::unique_ptr<core::RowCursor>> scan(const core::Table& table,
                                                      const core::Scan& scan);

 private:
  explicit PostgresEngine(PostgresSession session) : session_(std::move(session)) {}
  base::Result<bool> has_schema();
  base::Result<void> keep_last_of_keys(const TablePlan& plan, const core::Table& before);
  base::Result<void> add_key(const core::Table& table);
  base::Result<void> drop_key(const core::Table& table);

  PostgresSession session_;
  std::string stage_;                          // the one in use
  std::map<std::string, std::string> stages_;  // column types → temporary table
  int stages_made_ = 0;
};

// Keeps other runs out of the schema until the session ends. Error (environment): another one holds
// it for longer than options.lock_patience; the message tells which.
base::Result<void> lock_schema(PostgresSession& session, const OpenOptions& options);

}  // namespace destinations
