// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/meta_tables.hpp"
#include "destinations/sql_session.hpp"

#include <vector>

namespace destinations {

// In a schema of an engine that takes SQL as text.
class SqlMeta final : public MetaTables {
 public:
  explicit SqlMeta(SqlSession& session) : session_(session) {}

  base::Result<bool> is_ours() override;
  base::Result<void> create() override;
  base::Result<void> drop() override;
  base::Result<void> save(const ConnectionRow& row) override;
  base::Result<void> append_history(const core::StoredState& state) override;
  base::Result<std::vector<core::StoredState>> history() override;
  base::Result<void> save_shape(const core::Table& table) override;
  base::Result<void> save_counts(const core::Table& table, const AppendPosition& position) override;

 private:
  base::Result<void> read_connection(ConnectionRow& row) override;
  base::Result<void> read_tables(SchemaBook& book) override;
  base::Result<void> read_columns(Catalog& catalog) override;

  SqlSession& session_;
};

}  // namespace destinations
