// SPDX-License-Identifier: Apache-2.0
#include "destinations/scan_order.hpp"
#include "destinations/sql_text.hpp"
#include "destinations/sqlite_convert.hpp"
#include "destinations/sqlite_query.hpp"
#include "protocol/widening.hpp"

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace destinations {
namespace {

using core::ColumnType;

class SqliteCursor final : public core::RowCursor {
 public:
  SqliteCursor(SqliteDb& db, SqliteStatement rows, std::vector<ColumnType> from,
               std::vector<ColumnType> as)
      : db_(db),
        rows_(std::move(rows)),
        from_(std::move(from)),
        as_(std::move(as)),
        texts_(from_.size()),
        cells_(from_.size()) {}

  base::Result<bool> next() override {
    const Step step = rows_.step();
    if (step == Step::failed) return tl::unexpected(db_.error("read"));
    if (step == Step::done) return false;
    for (std::size_t c = 0; c < cells_.size(); ++c) read(c);
    return true;
  }

  std::span<const std::optional<std::string_view>> cells() const override { return cells_; }

 private:
  void read(std::size_t c) {
    const Cell cell = rows_.cell(static_cast<int>(c));
    if (!cell.has_value()) {
      cells_[c].reset();
    } else if (cell.form == CellForm::text && from_[c] == as_[c]) {
      cells_[c] = cell.text;
    } else {
      texts_[c] = protocol::convert(*text_of(cell, from_[c]), from_[c], as_[c]);
      cells_[c] = texts_[c];
    }
  }

  SqliteDb& db_;
  SqliteStatement rows_;
  std::vector<ColumnType> from_, as_;
  std::vector<std::string> texts_;
  std::vector<std::optional<std::string_view>> cells_;
};

// By the bytes of the text the column is asked for as. Where the stored form has that order
// already, the plain column lets SQLite use its index.
std::string order_term(const std::string& column, ColumnType from, ColumnType as) {
  return is_ordered_by_value(from, as) ? column : conversion_sql(column, from, as);
}

}  // namespace

base::Result<std::unique_ptr<core::RowCursor>> open_cursor(SqliteDb& db, const core::Table& table,
                                                           const core::Scan& scan) {
  std::vector<ColumnType> from, as;
  std::string names, order;
  for (std::size_t c = 0; c < scan.columns.size(); ++c) {
    const core::ScanColumn& column = scan.columns[c];
    from.push_back(stored_type(table, column.name));
    as.push_back(column.as);
    const std::string name = quoted_name(column.name);
    names += (c == 0 ? "" : ", ") + name;
    if (c < scan.ordered_by) order += (c == 0 ? "" : ", ") + order_term(name, from[c], column.as);
  }
  if (names.empty()) names = "1";
  const std::string sql = fmt::format("SELECT {} FROM {}{}{}", names, quoted_name(scan.table),
                                      order.empty() ? "" : " ORDER BY ", order);
  FSIM_ASSIGN(SqliteStatement rows, db.prepare(sql));
  return std::unique_ptr<core::RowCursor>(
      new SqliteCursor(db, std::move(rows), std::move(from), std::move(as)));
}

}  // namespace destinations
