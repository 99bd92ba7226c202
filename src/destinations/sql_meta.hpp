// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/schema_book.hpp"
#include "destinations/sql_session.hpp"

#include <string>
#include <vector>

namespace destinations {

// Our own tables in a schema of an engine that takes SQL as text, `_fivetran_sim_…`: they mark the
// schema as ours and hold what the data tables cannot tell. What SqliteMeta is for SQLite. Nothing
// here begins or ends a transaction.
class SqlMeta {
 public:
  explicit SqlMeta(SqlSession& session) : session_(session) {}

  // Whether the schema is ours. Error (environment): it holds tables of somebody else, or another
  // version of this program wrote it.
  base::Result<bool> is_ours();
  base::Result<void> create();
  base::Result<void> drop();

  // Everything that is stored; tables that the user has dropped are left out.
  base::Result<SchemaBook> read();
  base::Result<void> save(const ConnectionRow& row);
  base::Result<void> append_history(const core::StoredState& state);
  base::Result<std::vector<core::StoredState>> history();

  // Writes the shape of a table: its columns, key and names. save_counts is to follow.
  base::Result<void> save_shape(const core::Table& table);
  base::Result<void> save_counts(const core::Table& table, const AppendPosition& position);

 private:
  base::Result<void> read_connection(ConnectionRow& row);
  base::Result<void> read_tables(SchemaBook& book);
  base::Result<void> read_columns(Catalog& catalog);

  SqlSession& session_;
};

}  // namespace destinations
