// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/meta_tables.hpp"
#include "destinations/sqlite_db.hpp"

#include <string_view>
#include <vector>

namespace destinations {

// In a SQLite file.
class SqliteMeta final : public MetaTables {
 public:
  // `kept`: false for a database that ends with its destination: nobody would read these tables, so
  // there are none, what is saved is forgotten, and nothing is found.
  SqliteMeta(SqliteDb& db, bool kept) : db_(&db), kept_(kept) {}

  base::Result<bool> is_ours() override;
  base::Result<void> create() override;
  base::Result<void> drop() override;
  base::Result<void> save(const ConnectionRow& row) override;
  base::Result<void> append_history(const core::StoredState& state) override;
  base::Result<std::vector<core::StoredState>> history() override;
  base::Result<void> save_shape(const core::Table& table) override;
  base::Result<void> save_counts(const core::Table& table, const AppendPosition& position) override;

 private:
  base::Result<void> run(SqliteStatement& statement);
  base::Result<void> ready(SqliteStatement& statement, std::string_view sql);
  base::Result<void> read_connection(ConnectionRow& row) override;
  base::Result<void> read_tables(SchemaBook& book) override;
  base::Result<void> read_columns(Catalog& catalog) override;

  SqliteDb* db_;
  bool kept_;
  SqliteStatement save_connection_, add_history_, prune_history_, save_counts_;
};

}  // namespace destinations
