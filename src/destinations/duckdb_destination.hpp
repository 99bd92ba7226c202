// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/duckdb_db.hpp"
#include "destinations/duckdb_shape.hpp"
#include "destinations/duckdb_table.hpp"
#include "destinations/options.hpp"
#include "destinations/run_lock.hpp"
#include "destinations/schema_book.hpp"
#include "destinations/sql_meta.hpp"

#include <memory>
#include <string>
#include <vector>

namespace destinations {

// A schema of a DuckDB file, through libduckdb. Each page is one transaction of rows and state; a
// killed process loses nothing that was committed.
class DuckDestination final : public core::Destination {
 public:
  // The file at `path`; its folder is made when it is to be written.
  static base::Result<std::unique_ptr<DuckDestination>> open(const std::string& path,
                                                             const std::string& schema,
                                                             const OpenOptions& options);

  base::Result<std::optional<core::ConnectionInfo>> connection() override;
  base::Result<void> adopt(const core::ConnectionInfo& info) override;
  base::Result<std::optional<core::StoredState>> state() override;
  base::Result<std::vector<core::StoredState>> state_history() override;
  base::Result<void> set_state(const core::State& state, core::WallTime now) override;
  base::Result<void> clear_state() override;
  base::Result<std::vector<core::Table>> tables() override;
  base::Result<int> begin_sync(const std::string& sync_id, core::WallTime now) override;
  base::Result<core::LoadFacts> load(const core::LoadBatch& batch) override;
  base::Result<core::QueryResult> query(std::string_view sql) override;
  base::Result<std::unique_ptr<core::RowCursor>> scan(const core::Scan& scan) override;
  base::Result<void> reset() override;
  std::string describe() const override { return db_.name(); }

 private:
  DuckDestination(DuckDb db, RunLock lock, OpenOptions options);

  base::Result<void> make_ours();
  base::Result<void> save(ConnectionRow row, bool to_history);
  base::Result<core::LoadFacts> write_page(const std::vector<TablePlan>& plans,
                                           const PageStamp& stamp, const ConnectionRow& row,
                                           DuckStorages& storages, std::vector<DuckTable>& written);
  base::Result<void> load_table(const TablePlan& plan, const PageStamp& stamp,
                                DuckStorages& storages, core::LoadFacts& facts,
                                std::vector<DuckTable>& written);
  base::Result<void> shape_table(const TablePlan& plan, std::vector<DuckStorage>& storages);

  RunLock lock_;  // the first member: released after the database is closed
  DuckDb db_;
  OpenOptions options_;
  SqlMeta meta_;
  bool ours_ = false;     // our own tables are there
  bool foreign_ = false;  // somebody else's are, and they are only read
  SchemaBook book_;
  DuckStorages storages_;
};

}  // namespace destinations
