// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/schema_book.hpp"
#include "destinations/sqlite_db.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace destinations {

// Our own tables in a SQLite file, `_fivetran_sim_…`: they mark the file as ours and hold what the
// data tables cannot tell. Nothing here begins or ends a transaction.
class SqliteMeta {
 public:
  // `kept`: false for a database that ends with its destination: nobody would read these tables, so
  // there are none, what is saved is forgotten, and nothing is found.
  SqliteMeta(SqliteDb& db, bool kept) : db_(&db), kept_(kept) {}

  // Whether the file is ours. Error (environment): it holds tables of somebody else, or a newer
  // version of this program wrote it.
  base::Result<bool> is_ours();
  base::Result<void> create();
  base::Result<void> drop();

  base::Result<ConnectionRow> connection();
  base::Result<void> save(const ConnectionRow& row);
  base::Result<void> append_history(const core::StoredState& state);
  base::Result<std::vector<core::StoredState>> history();

  // The tables that we made and that are still there: the user may have dropped some.
  base::Result<Catalog> catalog(AppendPositions& positions);
  // Writes the shape of a table: its columns, key and names. save_counts is to follow.
  base::Result<void> save_shape(const core::Table& table);
  base::Result<void> save_counts(const core::Table& table, const AppendPosition& position);

 private:
  base::Result<void> run(SqliteStatement& statement);
  base::Result<void> ready(SqliteStatement& statement, std::string_view sql);
  base::Result<void> read_columns(Catalog& catalog);

  SqliteDb* db_;
  bool kept_;
  SqliteStatement save_connection_, add_history_, prune_history_, save_counts_;
};

}  // namespace destinations
