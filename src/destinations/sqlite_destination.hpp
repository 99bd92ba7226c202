// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/paged_destination.hpp"
#include "destinations/run_lock.hpp"
#include "destinations/sqlite_checkpoints.hpp"
#include "destinations/sqlite_db.hpp"
#include "destinations/sqlite_first_load.hpp"
#include "destinations/sqlite_meta.hpp"
#include "destinations/sqlite_table.hpp"

#include <map>
#include <memory>
#include <string>

namespace destinations {

// A schema in a SQLite file of its own. The file is in WAL mode with synchronous=NORMAL: a killed
// process loses nothing that was committed; a power cut may lose the last pages, but rows and state
// stay in step, since each page is one transaction. A new file is written without the log at first
// (sqlite_first_load.hpp).
class SqliteDestination final : public PagedDestination {
 public:
  // A file at `path`; its folder is made when it is to be written.
  static base::Result<std::unique_ptr<SqliteDestination>> open_file(const std::string& path,
                                                                    const OpenOptions& options);
  // A private one that is gone when it is closed: "memory:".
  static base::Result<std::unique_ptr<SqliteDestination>> open_scratch(const OpenOptions& options);

  base::Result<core::QueryResult> query(std::string_view sql) override;
  base::Result<std::unique_ptr<core::RowCursor>> scan(const core::Scan& scan) override;
  std::string describe() const override { return db_.name(); }

  SqliteDb& db() noexcept { return db_; }

 private:
  SqliteDestination(SqliteDb db, RunLock lock, OpenOptions options);
  static base::Result<std::unique_ptr<SqliteDestination>> finish(SqliteDb db, RunLock lock,
                                                                 const OpenOptions& options);

  Width width() const override;
  base::Result<std::chrono::nanoseconds> in_transaction(std::string_view doing,
                                                        const Work& work) override;
  base::Result<void> prepare_to_create() override;
  base::Result<bool> reshape(const TablePlan& plan, const core::Table* before) override;
  base::Result<protocol::DecimalDigits> stored_digits(const std::string& table,
                                                      const core::Column& column) override;
  std::shared_ptr<TableWriter> writer(const TablePlan& plan, const PageStamp& stamp,
                                      const AppendPosition& position) override;
  base::Result<std::uint64_t> count_rows(const core::Table& table) override;
  base::Result<void> drop_table(const std::string& name) override;
  base::Result<void> end_page(bool kept, bool last) override;
  void prepare_to_reset() override;
  base::Result<void> tidy() override;

  RunLock lock_;  // the first member: released after the database is closed
  SqliteDb db_;
  SqliteMeta meta_;
  std::unique_ptr<SqliteRowSource> rows_;
  std::map<std::string, std::shared_ptr<SqliteTable>, std::less<>> writers_;
  SqliteCheckpoints checkpoints_;
  SqliteFirstLoad first_load_;
};

}  // namespace destinations
