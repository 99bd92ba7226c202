// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_destination.hpp"

#include "destinations/sql_text.hpp"
#include "destinations/sqlite_query.hpp"
#include "destinations/sqlite_shape.hpp"

namespace destinations {

base::Result<core::QueryResult> SqliteDestination::query(std::string_view sql) {
  return run_query(db_, sql);
}

base::Result<std::unique_ptr<core::RowCursor>> SqliteDestination::scan(const core::Scan& scan) {
  FSIM_ASSIGN(const core::Table* table, stored_table(scan.table));
  return open_cursor(db_, *table, scan);
}

PagedDestination::Width SqliteDestination::width() const {
  return {static_cast<std::uint64_t>(db_.max_columns()), "SQLite"};
}

base::Result<std::chrono::nanoseconds> SqliteDestination::in_transaction(std::string_view doing,
                                                                         const Work& work) {
  return run_in(SqliteTransaction::begin(db_, doing), work);
}

base::Result<bool> SqliteDestination::reshape(const TablePlan& plan, const core::Table* before) {
  if (!plan.reshapes() && !plan.notes_changed) return false;
  writers_.erase(plan.table.name);
  FSIM_TRY(apply_shape(db_, plan, before == nullptr ? plan.table : *before));
  return true;
}

base::Result<protocol::DecimalDigits> SqliteDestination::stored_digits(const std::string& table,
                                                                       const core::Column& column) {
  return destinations::stored_digits(db_, table, column);
}

std::shared_ptr<TableWriter> SqliteDestination::writer(const TablePlan& plan,
                                                       const PageStamp& stamp,
                                                       const AppendPosition& position) {
  std::shared_ptr<SqliteTable>& table = writers_[plan.table.name];
  if (!table) table = std::make_shared<SqliteTable>(db_, *rows_, plan.table);
  table->begin_page(plan.table, stamp, position);
  return table;
}

base::Result<void> SqliteDestination::end_page(bool kept, bool last) {
  if (!kept) {
    writers_.clear();  // what they count is not what is stored
    return {};
  }
  checkpoints_.after_commit();
  return first_load_.after_commit(last);
}

base::Result<std::uint64_t> SqliteDestination::count_rows(const core::Table& table) {
  SqliteTable counted(db_, *rows_, table);
  FSIM_TRY(counted.recount());
  return counted.table().rows;
}

base::Result<void> SqliteDestination::drop_table(const std::string& name) {
  return db_.execute("DROP TABLE IF EXISTS " + quoted_name(name), "reset");
}

void SqliteDestination::prepare_to_reset() {
  writers_.clear();
  checkpoints_.finish();
}

base::Result<void> SqliteDestination::tidy() {
  return db_.execute("VACUUM", "reset");
}

}  // namespace destinations
