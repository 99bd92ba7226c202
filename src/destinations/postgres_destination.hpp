// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "destinations/postgres_engine.hpp"
#include "destinations/sql_destination.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace destinations {

// A schema on a PostgreSQL server. Each page goes by COPY into a temporary table, the stage, and
// from there by one statement for each table into what is stored; one transaction a page, the state
// with it.
class PostgresDestination final : public SqlDestination {
 public:
  // `url` is whole: "postgresql://user@host/database". Errors: see PostgresEngine::open.
  static base::Result<std::unique_ptr<PostgresDestination>> open(const std::string& url,
                                                                 const std::string& schema,
                                                                 const OpenOptions& options);

  base::Result<core::QueryResult> query(std::string_view sql) override;
  base::Result<std::unique_ptr<core::RowCursor>> scan(const core::Scan& scan) override;

 private:
  PostgresDestination(std::unique_ptr<PostgresEngine> engine, const OpenOptions& options);
  Width width() const override;
  base::Result<void> make_schema() override;
  base::Result<bool> reshape(const TablePlan& plan, const core::Table* before) override;
  base::Result<protocol::DecimalDigits> stored_digits(const std::string& table,
                                                      const core::Column& column) override;
  std::shared_ptr<TableWriter> writer(const TablePlan& plan, const PageStamp& stamp,
                                      const AppendPosition& position) override;

  std::unique_ptr<PostgresEngine> engine_;
};

}  // namespace destinations
