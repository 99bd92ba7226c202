// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/duckdb_db.hpp"
#include "destinations/duckdb_shape.hpp"
#include "destinations/run_lock.hpp"
#include "destinations/sql_destination.hpp"

#include <memory>
#include <string>

namespace destinations {

// A schema of a DuckDB file, through libduckdb. A killed process loses nothing that was committed.
class DuckDestination final : public SqlDestination {
 public:
  // The file at `path`; its folder is made when it is to be written.
  static base::Result<std::unique_ptr<DuckDestination>> open(const std::string& path,
                                                             const std::string& schema,
                                                             const OpenOptions& options);

  base::Result<core::QueryResult> query(std::string_view sql) override;
  base::Result<std::unique_ptr<core::RowCursor>> scan(const core::Scan& scan) override;

 private:
  DuckDestination(std::unique_ptr<DuckDb> db, RunLock lock, OpenOptions options);

  Width width() const override { return {core::TableRows::kMaxColumns, "fivetran-sim"}; }
  base::Result<void> make_schema() override { return db_->make_schema(); }
  base::Result<bool> reshape(const TablePlan& plan, const core::Table* before) override;
  base::Result<protocol::DecimalDigits> stored_digits(const std::string& table,
                                                      const core::Column& column) override;
  std::shared_ptr<TableWriter> writer(const TablePlan& plan, const PageStamp& stamp,
                                      const AppendPosition& position) override;
  void begin_page() override { page_storages_ = storages_; }
  base::Result<void> end_page(bool kept, bool last) override;
  base::Result<void> tidy() override;

  RunLock lock_;  // the first member: released after the database is closed
  std::unique_ptr<DuckDb> db_;
  bool foreign_ = false;        // somebody else's tables are only read
  DuckStorages storages_;       // of the stored tables
  DuckStorages page_storages_;  // the same as the page that is being loaded leaves them
};

}  // namespace destinations
