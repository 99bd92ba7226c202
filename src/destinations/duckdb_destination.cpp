// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_destination.hpp"

#include "destinations/duckdb_query.hpp"
#include "destinations/duckdb_table.hpp"

namespace destinations {

base::Result<core::QueryResult> DuckDestination::query(std::string_view sql) {
  return run_duckdb_query(*db_, std::string(sql), book().catalog);
}

base::Result<std::unique_ptr<core::RowCursor>> DuckDestination::scan(const core::Scan& scan) {
  FSIM_ASSIGN(const core::Table* table, stored_table(scan.table));
  return open_duckdb_cursor(*db_, *table, scan, foreign_);
}

base::Result<bool> DuckDestination::reshape(const TablePlan& plan, const core::Table* before) {
  std::vector<DuckStorage>& storages = page_storages_[plan.table.name];
  std::vector<DuckStorage> wanted = plan_storages(plan.table);
  const bool changes = plan.reshapes() || wanted != storages;
  if (changes)
    FSIM_TRY(
        apply_duckdb_shape(*db_, plan, wanted, before == nullptr ? plan.table : *before, storages));
  storages = std::move(wanted);
  return changes;
}

base::Result<protocol::DecimalDigits> DuckDestination::stored_digits(const std::string& table,
                                                                     const core::Column& column) {
  return destinations::stored_digits(*db_, table, column);
}

std::shared_ptr<TableWriter> DuckDestination::writer(const TablePlan& plan, const PageStamp& stamp,
                                                     const AppendPosition& position) {
  return std::make_shared<DuckTable>(*db_, plan.table, page_storages_[plan.table.name], stamp,
                                     position);
}

base::Result<void> DuckDestination::end_page(bool kept, bool /*last*/) {
  if (kept) storages_ = std::move(page_storages_);
  return {};
}

base::Result<void> DuckDestination::tidy() {
  storages_.clear();
  return db_->execute("CHECKPOINT", "reset");
}

}  // namespace destinations
