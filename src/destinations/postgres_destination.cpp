// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_destination.hpp"

#include "destinations/postgres_table.hpp"

namespace destinations {

// The base keeps a reference to the engine, which does not move with its pointer.
PostgresDestination::PostgresDestination(std::unique_ptr<PostgresEngine> engine,
                                         const OpenOptions& options)
    : SqlDestination(*engine, options), engine_(std::move(engine)) {}

base::Result<std::unique_ptr<PostgresDestination>> PostgresDestination::open(
    const std::string& url, const std::string& schema, const OpenOptions& options) {
  FSIM_ASSIGN(auto engine, PostgresEngine::open(url, schema, options));
  std::unique_ptr<PostgresDestination> made(new PostgresDestination(std::move(engine), options));
  FSIM_TRY(made->read_book());
  return made;
}

base::Result<core::QueryResult> PostgresDestination::query(std::string_view sql) {
  return engine_->query(sql);
}

base::Result<std::unique_ptr<core::RowCursor>> PostgresDestination::scan(const core::Scan& scan) {
  FSIM_ASSIGN(const core::Table* table, stored_table(scan.table));
  return engine_->scan(*table, scan);
}

PagedDestination::Width PostgresDestination::width() const {
  return {kPostgresMaxColumns, "PostgreSQL"};
}

base::Result<void> PostgresDestination::make_schema() {
  return engine_->make_schema();
}

base::Result<bool> PostgresDestination::reshape(const TablePlan& plan, const core::Table* before) {
  if (!plan.reshapes()) return false;
  FSIM_TRY(engine_->reshape(plan, before == nullptr ? plan.table : *before));
  return true;
}

base::Result<protocol::DecimalDigits> PostgresDestination::stored_digits(
    const std::string& table, const core::Column& column) {
  return engine_->stored_digits(table, column);
}

std::shared_ptr<TableWriter> PostgresDestination::writer(const TablePlan& plan,
                                                         const PageStamp& stamp,
                                                         const AppendPosition& position) {
  return std::make_shared<PostgresTable>(*engine_, plan.table, stamp, position);
}

}  // namespace destinations
