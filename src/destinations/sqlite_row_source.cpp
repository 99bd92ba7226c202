// SPDX-License-Identifier: Apache-2.0
#include "destinations/sqlite_row_source.hpp"

#include <span>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

namespace destinations {
namespace {

// The widths that virtual tables come in, so that few are made; SQLite allows 2,000 columns.
constexpr std::size_t kWidths[] = {16, 64, 256, 1024, 1999};

constexpr sqlite3_int64 kNone = INT64_MIN;  // no row was inserted

void give(sqlite3_context* context, const Cell& cell) {
  switch (cell.form) {
    case CellForm::absent:
    case CellForm::null: sqlite3_result_null(context); break;
    case CellForm::integer: sqlite3_result_int64(context, cell.integer); break;
    case CellForm::real: sqlite3_result_double(context, cell.real); break;
    case CellForm::text:
      sqlite3_result_text(context, cell.text.empty() ? "" : cell.text.data(),
                          static_cast<int>(cell.text.size()), SQLITE_STATIC);
      break;
  }
}

}  // namespace

struct SqliteRowSource::Cursor {
  sqlite3_vtab_cursor base{};  // the first member: SQLite sees nothing else
  std::size_t count = 0;       // rows given before this one
  std::span<const Cell> cells;
};

// The functions that SQLite calls.
struct SqliteRowSource::Module {
  struct Table {
    sqlite3_vtab base{};
    SqliteRowSource* source = nullptr;
    int width = 0;
  };
  struct Use {
    SqliteRowSource* source;
    std::size_t width;
  };

  static SqliteRowSource& source_of(sqlite3_vtab_cursor* cursor) {
    return *reinterpret_cast<Table*>(cursor->pVtab)->source;
  }
  static Cursor& cursor_of(sqlite3_vtab_cursor* cursor) {
    return *reinterpret_cast<Cursor*>(cursor);
  }

  static int connect(sqlite3* db, void* use, int, const char* const*, sqlite3_vtab** table,
                     char**) {
    const auto& [source, width] = *static_cast<Use*>(use);
    std::string columns;
    for (std::size_t c = 0; c < width; ++c) columns += fmt::format("c{},", c);
    const int code = sqlite3_declare_vtab(db, fmt::format("CREATE TABLE x({}n)", columns).c_str());
    if (code != SQLITE_OK) return code;
    auto* made = new Table;
    made->source = source;
    made->width = static_cast<int>(width);
    *table = &made->base;
    return SQLITE_OK;
  }
  static int disconnect(sqlite3_vtab* table) {
    delete reinterpret_cast<Table*>(table);
    return SQLITE_OK;
  }
  static int best_index(sqlite3_vtab*, sqlite3_index_info* info) {
    info->estimatedCost = 1e6;
    return SQLITE_OK;
  }
  static int open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
    *cursor = &(new Cursor)->base;
    return SQLITE_OK;
  }
  static int close(sqlite3_vtab_cursor* cursor) {
    delete &cursor_of(cursor);
    return SQLITE_OK;
  }

  static void read_from(sqlite3_vtab_cursor* at, std::size_t row) {
    SqliteRowSource& source = source_of(at);
    const std::size_t rows = source.planned_ == nullptr ? 0 : source.planned_->size();
    while (row < rows && !source.planned_->is_usable(row)) ++row;
    source.row_ = row;
    if (row < rows) cursor_of(at).cells = source.cells_->read(row);
  }
  static int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
    cursor_of(cursor).count = 0;
    read_from(cursor, 0);
    return SQLITE_OK;
  }
  static int next(sqlite3_vtab_cursor* cursor) {
    ++cursor_of(cursor).count;
    source_of(cursor).note_last();
    read_from(cursor, source_of(cursor).row_ + 1);
    return SQLITE_OK;
  }
  static int eof(sqlite3_vtab_cursor* cursor) {
    const SqliteRowSource& source = source_of(cursor);
    return source.planned_ == nullptr || source.row_ >= source.planned_->size() ? 1 : 0;
  }
  static int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int column) {
    const Cursor& at = cursor_of(cursor);
    if (column == reinterpret_cast<Table*>(cursor->pVtab)->width)
      sqlite3_result_int64(context, static_cast<std::int64_t>(at.count));
    else if (static_cast<std::size_t>(column) < at.cells.size())
      give(context, at.cells[static_cast<std::size_t>(column)]);
    return SQLITE_OK;
  }
  static int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* rowid) {
    *rowid = static_cast<sqlite3_int64>(cursor_of(cursor).count);
    return SQLITE_OK;
  }

  static const sqlite3_module& get() {
    static const sqlite3_module module = [] {
      sqlite3_module made{};
      made.xConnect = connect;
      made.xBestIndex = best_index;
      made.xDisconnect = disconnect;
      made.xOpen = open;
      made.xClose = close;
      made.xFilter = filter;
      made.xNext = next;
      made.xEof = eof;
      made.xColumn = column;
      made.xRowid = rowid;
      return made;
    }();
    return module;
  }
};

// SQLite inserts a row before it asks for the next one, and notes its number at once: where there
// is none, `ON CONFLICT … DO NOTHING` passed the row over. A function called by `DO UPDATE` would
// tell it too, but then SQLite keeps what it needs to undo the statement, a copy of each changed
// page.
void SqliteRowSource::note_last() {
  if (sqlite3_last_insert_rowid(db_.handle()) == kNone) met_.push_back(row_);
  sqlite3_set_last_insert_rowid(db_.handle(), kNone);
}

base::Result<std::string> SqliteRowSource::table_for(std::size_t columns) {
  std::size_t width = kWidths[0];
  for (const std::size_t wider : kWidths)
    if (width < columns) width = wider;
  const std::string name = fmt::format("fsim_rows_{}", width);
  if (widths_.insert(width).second) {
    auto* use = new Module::Use{this, width};
    const int code =
        sqlite3_create_module_v2(db_.handle(), name.c_str(), &Module::get(), use,
                                 [](void* made) { delete static_cast<Module::Use*>(made); });
    if (code != SQLITE_OK) return tl::unexpected(db_.error("load into"));
  }
  return name;
}

void SqliteRowSource::offer(const PlannedRows& planned, RowCells& cells) {
  planned_ = &planned;
  cells_ = &cells;
  met_.clear();
  sqlite3_set_last_insert_rowid(db_.handle(), kNone);
}

std::vector<std::size_t> SqliteRowSource::take_met() {
  planned_ = nullptr;
  cells_ = nullptr;
  return std::exchange(met_, {});
}

}  // namespace destinations
