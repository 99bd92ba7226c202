// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_engine.hpp"
#include "destinations/postgres_types.hpp"
#include "destinations/scan_order.hpp"
#include "destinations/sql_text.hpp"
#include "destinations/system_columns.hpp"
#include "protocol/widening.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace destinations {
namespace {

using core::ColumnType;

constexpr char kFetch[] = "FETCH 1000 FROM fivetran_sim_scan";

struct CellForms {
  ColumnType from, as;
  bool is_plain() const { return from == as && prints_canonically(from); }
};

// Reads by a cursor of the server, some rows at a time, in a transaction of its own.
class PostgresCursor final : public core::RowCursor {
 public:
  PostgresCursor(PostgresSession& session, std::vector<CellForms> forms)
      : session_(session), forms_(std::move(forms)), texts_(forms_.size()), cells_(forms_.size()) {}
  PostgresCursor(const PostgresCursor&) = delete;
  PostgresCursor& operator=(const PostgresCursor&) = delete;
  ~PostgresCursor() override {
    [[maybe_unused]] const auto ended = session_.run("ROLLBACK", "read");
  }

  base::Result<bool> next() override {
    if (!block_ || ++row_ >= block_->rows()) {
      if (block_ && block_->rows() == 0) return false;
      FSIM_ASSIGN(block_, session_.run(kFetch, "read"));
      row_ = 0;
    }
    if (block_->rows() == 0) return false;
    for (std::size_t c = 0; c < cells_.size(); ++c) read(c);
    return true;
  }

  std::span<const std::optional<std::string_view>> cells() const override { return cells_; }

 private:
  void read(std::size_t c) {
    const int column = static_cast<int>(c);
    cells_[c].reset();
    if (block_->is_null(row_, column)) return;
    const CellForms& forms = forms_[c];
    const std::string_view text = block_->text(row_, column);
    if (forms.is_plain()) {
      cells_[c] = text;
      return;
    }
    texts_[c] = canonical_text(text, forms.from);
    if (forms.from != forms.as) texts_[c] = protocol::convert(texts_[c], forms.from, forms.as);
    cells_[c] = texts_[c];
  }

  PostgresSession& session_;
  std::vector<CellForms> forms_;
  std::optional<PostgresResult> block_;
  int row_ = 0;
  std::vector<std::string> texts_;
  std::vector<std::optional<std::string_view>> cells_;
};

core::Column stored_column(const core::Table& table, std::string_view name) {
  core::Column column{std::string(name), "", ColumnType::boolean, false, false};
  const auto found = std::ranges::find(table.columns, name, &core::Column::name);
  return found == table.columns.end() ? column : *found;
}

// By the bytes of the text that the column is asked for as. A text column has that order already,
// so that its index can be used.
std::string order_term(const std::string& name, const core::Column& stored, ColumnType as) {
  if (is_ordered_by_value(stored.type, as)) return name + " NULLS FIRST";
  if (stored.type == as && as == ColumnType::string) return name + " NULLS FIRST";
  core::Column wanted = stored;
  wanted.type = as;
  return postgres_text(postgres_conversion(name, stored, wanted), as) +
         " COLLATE \"C\" NULLS FIRST";
}

}  // namespace

base::Result<std::unique_ptr<core::RowCursor>> PostgresEngine::scan(const core::Table& table,
                                                                    const core::Scan& scan) {
  std::vector<CellForms> forms;
  Joined names(", "), order(", ");
  for (std::size_t c = 0; c < scan.columns.size(); ++c) {
    const core::Column stored = stored_column(table, scan.columns[c].name);
    const std::string name = postgres_column_name(stored.name);
    forms.push_back({stored.type, scan.columns[c].as});
    names.add(name);
    if (c < scan.ordered_by) order.add(order_term(name, stored, scan.columns[c].as));
  }
  std::string sql =
      fmt::format("SELECT {} FROM {}", forms.empty() ? "1" : names.take(), qualified(table.name));
  if (const std::string terms = order.take(); !terms.empty()) sql += " ORDER BY " + terms;
  FSIM_TRY(
      execute("BEGIN READ ONLY; DECLARE fivetran_sim_scan NO SCROLL CURSOR FOR " + sql, "read"));
  return std::unique_ptr<core::RowCursor>(new PostgresCursor(session_, std::move(forms)));
}

}  // namespace destinations
