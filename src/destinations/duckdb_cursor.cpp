// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_convert.hpp"
#include "destinations/duckdb_query.hpp"
#include "destinations/scan_order.hpp"
#include "destinations/sql_text.hpp"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace destinations {
namespace {

using core::ColumnType;

class DuckCursor final : public core::RowCursor {
 public:
  DuckCursor(DuckDb db, DuckStatement statement, DuckResult rows, std::size_t cells)
      : db_(std::move(db)),
        statement_(std::move(statement)),
        rows_(std::move(rows)),
        cells_(cells) {}

  base::Result<bool> next() override {
    FSIM_ASSIGN(const bool more, rows_.next());
    if (!more) return false;
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      cells_[c].reset();
      if (!rows_.is_null(c)) cells_[c] = rows_.view(c);
    }
    return true;
  }

  std::span<const std::optional<std::string_view>> cells() const override { return cells_; }

 private:
  DuckDb db_;
  DuckStatement statement_;
  DuckResult rows_;  // the last member: gone before its statement and its connection
  std::vector<std::optional<std::string_view>> cells_;
};

std::string foreign_text(const std::string& name, ColumnType from, ColumnType as) {
  if (from == ColumnType::json) return duckdb_json_sql(name, as);
  const std::string value =
      from == ColumnType::string ? fmt::format("CAST({} AS VARCHAR)", name) : name;
  return duckdb_text_sql(value, from, as);
}

}  // namespace

base::Result<std::unique_ptr<core::RowCursor>> open_duckdb_cursor(DuckDb& db,
                                                                  const core::Table& table,
                                                                  const core::Scan& scan,
                                                                  bool foreign) {
  Joined values(", "), order(", ");
  for (std::size_t c = 0; c < scan.columns.size(); ++c) {
    const core::ScanColumn& column = scan.columns[c];
    const ColumnType from = stored_type(table, column.name);
    const std::string name = quoted_name(column.name);
    const std::string text =
        foreign ? foreign_text(name, from, column.as) : duckdb_text_sql(name, from, column.as);
    values.add(text);
    const bool by_value = is_ordered_by_value(from, column.as);
    if (c < scan.ordered_by) order.add((by_value ? name : text) + " ASC NULLS FIRST");
  }
  std::string sql = fmt::format("SELECT {} FROM {}", scan.columns.empty() ? "1" : values.take(),
                                db.qualified(scan.table));
  if (scan.ordered_by > 0) sql += " ORDER BY " + order.take();
  FSIM_ASSIGN(DuckDb own, db.again());
  FSIM_ASSIGN(DuckStatement statement, own.prepare(sql, "read"));
  FSIM_ASSIGN(DuckResult rows, statement.stream("read"));
  return std::unique_ptr<core::RowCursor>(
      new DuckCursor(std::move(own), std::move(statement), std::move(rows), scan.columns.size()));
}

}  // namespace destinations
