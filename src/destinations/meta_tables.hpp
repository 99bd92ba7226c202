// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/schema_book.hpp"

#include <vector>

namespace destinations {

// Our own tables beside the data, `_fivetran_sim_…`: they mark a schema as ours and hold what the
// data tables cannot tell. Nothing here begins or ends a transaction.
class MetaTables {
 public:
  virtual ~MetaTables() = default;

  // Whether the schema is ours. Error (environment): it holds tables of somebody else, or another
  // version of this program wrote it.
  virtual base::Result<bool> is_ours() = 0;
  virtual base::Result<void> create() = 0;
  virtual base::Result<void> drop() = 0;

  // Everything that is stored; tables that the user has dropped are left out.
  base::Result<SchemaBook> read();
  virtual base::Result<void> save(const ConnectionRow& row) = 0;
  virtual base::Result<void> append_history(const core::StoredState& state) = 0;
  virtual base::Result<std::vector<core::StoredState>> history() = 0;

  // Writes the shape of a table: its columns, key and names. save_counts is to follow.
  virtual base::Result<void> save_shape(const core::Table& table) = 0;
  virtual base::Result<void> save_counts(const core::Table& table,
                                         const AppendPosition& position) = 0;

 private:
  virtual base::Result<void> read_connection(ConnectionRow& row) = 0;
  virtual base::Result<void> read_tables(SchemaBook& book) = 0;
  virtual base::Result<void> read_columns(Catalog& catalog) = 0;
};

}  // namespace destinations
