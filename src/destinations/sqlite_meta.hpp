// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/page_plan.hpp"
#include "destinations/sqlite_db.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace destinations {

// Where a connection stands; one row of `_fivetran_sim_connection`.
struct ConnectionRow {
  std::string target;
  std::string naming = "fivetran";  // core::ConnectionInfo::naming
  std::int64_t syncs = 0;           // begun so far: the number of the last one
  std::int64_t batches = 0;         // responses loaded so far
  core::WallTime sync_start{};      // of the last sync; not before any row of earlier syncs
  core::WallTime last_synced{};     // the latest _fivetran_synced given to a row
  std::optional<core::StoredState> state;
};

// Where the rows of a table without key are counted: _fivetran_batch and the next _fivetran_index.
struct AppendPosition {
  std::int64_t batch = 0, next_index = 0;
};

// Our own tables in a SQLite file, `_fivetran_sim_…`: they mark the file as ours and hold what the
// data tables cannot tell. Nothing here begins or ends a transaction.
class SqliteMeta {
 public:
  static constexpr int kFormat = 2;
  // Page states kept in the history; states at the end of a sync are kept for ever.
  static constexpr int kHistoryLength = 1000;

  explicit SqliteMeta(SqliteDb& db) : db_(&db) {}

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
  base::Result<Catalog> catalog(std::map<std::string, AppendPosition, std::less<>>& positions);
  // Writes the shape of a table: its columns, key and names. save_counts is to follow.
  base::Result<void> save_shape(const core::Table& table);
  base::Result<void> save_counts(const core::Table& table, const AppendPosition& position);

 private:
  base::Result<void> run(SqliteStatement& statement);
  base::Result<void> ready(SqliteStatement& statement, std::string_view sql);
  base::Result<void> read_columns(Catalog& catalog);

  SqliteDb* db_;
  SqliteStatement save_connection_, add_history_, prune_history_, save_counts_;
};

}  // namespace destinations
