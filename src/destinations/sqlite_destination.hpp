// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/options.hpp"
#include "destinations/run_lock.hpp"
#include "destinations/schema_book.hpp"
#include "destinations/sqlite_checkpoints.hpp"
#include "destinations/sqlite_db.hpp"
#include "destinations/sqlite_first_load.hpp"
#include "destinations/sqlite_meta.hpp"
#include "destinations/sqlite_table.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace destinations {

// A schema in a SQLite file of its own. The file is in WAL mode with synchronous=NORMAL: a killed
// process loses nothing that was committed; a power cut may lose the last pages, but rows and state
// stay in step, since each page is one transaction. A new file is written without the log at first
// (sqlite_first_load.hpp).
class SqliteDestination final : public core::Destination {
 public:
  // A file at `path`; its folder is made when it is to be written.
  static base::Result<std::unique_ptr<SqliteDestination>> open_file(const std::string& path,
                                                                    const OpenOptions& options);
  // A private one that is gone when it is closed: "memory:".
  static base::Result<std::unique_ptr<SqliteDestination>> open_scratch(const OpenOptions& options);

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

  SqliteDb& db() noexcept { return db_; }

 private:
  SqliteDestination(SqliteDb db, RunLock lock, OpenOptions options);
  static base::Result<std::unique_ptr<SqliteDestination>> finish(SqliteDb db, RunLock lock,
                                                                 const OpenOptions& options);

  base::Result<void> make_ours();
  base::Result<void> save(ConnectionRow row, bool to_history);
  base::Result<core::LoadFacts> write_page(const std::vector<TablePlan>& plans,
                                           const PageStamp& stamp, const ConnectionRow& row);
  base::Result<void> load_table(const TablePlan& plan, const PageStamp& stamp,
                                core::LoadFacts& facts);
  base::Result<SqliteTable*> shaped_table(const TablePlan& plan);
  void keep(const std::vector<TablePlan>& plans, ConnectionRow row);

  RunLock lock_;  // the first member: released after the database is closed
  SqliteDb db_;
  OpenOptions options_;
  SqliteMeta meta_;
  bool ours_ = false;  // our own tables are there
  SchemaBook book_;
  std::unique_ptr<SqliteRowSource> rows_;
  std::map<std::string, SqliteTable, std::less<>> writers_;
  SqliteCheckpoints checkpoints_;
  SqliteFirstLoad first_load_;
};

}  // namespace destinations
