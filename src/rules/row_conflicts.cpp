// SPDX-License-Identifier: Apache-2.0
#include "protocol/pointer.hpp"
#include "rules/families.hpp"
#include "rules/key_index.hpp"
#include "rules/schema_key.hpp"
#include "rules/texts.hpp"
#include "rules/unique_columns.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

using core::ColumnType;
using core::TableRows;

// The columns in which two rows of a page differ.
std::vector<std::string_view> differences(const TableRows& table, std::size_t a, std::size_t b) {
  std::vector<std::string_view> columns;
  const core::Row first = table.row(a), second = table.row(b);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int column = static_cast<int>(i);
    if (!same_value(core::find(first, column), core::find(second, column)))
      columns.push_back(table.columns[i].name);
  }
  return columns;
}

// The two rows cell by cell but for their key, those first that differ.
core::Collision cells_of(const KeyReader& reader, const std::string& key, std::size_t earlier,
                         std::size_t later) {
  const TableRows& table = reader.table();
  const auto is_key = [&reader](std::string_view column) {
    return std::ranges::find(reader.names(), column) != reader.names().end();
  };
  core::Collision collision;
  collision.key = key;
  collision.first = row_pointer("insert", table, earlier);
  collision.second = row_pointer("insert", table, later);
  const core::Row first = table.row(earlier), second = table.row(later);
  const auto text = [](const core::Value* value) {
    return value == nullptr ? std::string() : value_text(*value);
  };
  for (const bool differing : {true, false})
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const int column = static_cast<int>(i);
      const core::Value *a = core::find(first, column), *b = core::find(second, column);
      if (same_value(a, b) == differing || (a == nullptr && b == nullptr) ||
          is_key(table.columns[i].name))
        continue;
      if (collision.cells.size() == core::Collision::kMostCells) {
        ++collision.left_out;
        continue;
      }
      collision.cells.push_back({std::string(table.columns[i].name), text(a), text(b), differing});
    }
  return collision;
}

Draft collision(const KeyReader& reader, const Key& key, std::size_t earlier, std::size_t later) {
  const TableRows& table = reader.table();
  const auto columns = differences(table, earlier, later);
  const std::string which = key_text(reader.names(), key);
  Draft draft = rules::draft(
      table.name, row_pointer("insert", table, later),
      columns.empty()
          ? fmt::format("`{}` holds the same row twice: {}", shorten(table.name), which)
          : fmt::format("`{}` holds two rows with the key {} that differ in {}: the later one wins",
                        shorten(table.name), which, names_text(columns)));
  draft.evidence.push_back(
      fmt::format("{}: {}", row_pointer("insert", table, earlier), row_text(table, earlier)));
  draft.evidence.push_back(fmt::format("{}: {}{}", row_pointer("insert", table, later),
                                       row_text(table, later), columns.empty() ? "" : " (wins)"));
  if (columns.empty()) {
    draft.severity = core::Severity::info;
  } else {
    draft.collisions.push_back(cells_of(reader, which, earlier, later));
  }
  return draft;
}

// What would tell the rows of the page apart.
void advise_key(const TableRows& table, std::span<const std::string_view> key, Draft& draft) {
  const auto columns = unique_columns(table, key);
  if (columns.empty()) return;
  draft.fix = fmt::format(
      "if these are different records, use {} as the key (unique on the {} of this page); else "
      "send "
      "only the latest version of each",
      names_text(columns), counted(table.rows(), "row"));
}

// Types that never are one value: 1 and "1".
enum class Family { number, text, boolean, none };

Family family_of(ColumnType type) {
  switch (type) {
    case ColumnType::short_integer:
    case ColumnType::integer:
    case ColumnType::long_integer:
    case ColumnType::decimal:
    case ColumnType::double_float: return Family::number;
    case ColumnType::local_date:
    case ColumnType::local_date_time:
    case ColumnType::instant:
    case ColumnType::string: return Family::text;
    case ColumnType::boolean: return Family::boolean;
    case ColumnType::none:
    case ColumnType::json: break;  // ROW-03 speaks of objects and arrays
  }
  return Family::none;
}

// The first row of each family in a column.
std::vector<std::size_t> first_rows(const core::PageColumn& column) {
  constexpr std::size_t kFamilies = 3;
  std::vector<std::size_t> rows;
  for (std::size_t family = 0; family < kFamilies; ++family) {
    std::size_t first = SIZE_MAX;
    for (int type = 0; type < core::kColumnTypes; ++type)
      if (column.has(static_cast<ColumnType>(type)) &&
          family_of(static_cast<ColumnType>(type)) == static_cast<Family>(family))
        first = std::min<std::size_t>(first, column.first_row[type]);
    if (first != SIZE_MAX) rows.push_back(first);
  }
  std::ranges::sort(rows);
  return rows;
}

bool is_mixed(const TableRows& table, std::string_view column) {
  const int index = table.column_index(column);
  return index >= 0 && first_rows(table.columns[static_cast<std::size_t>(index)]).size() > 1;
}

void find_duplicates(const KeyReader& reader, KeyIndex index, Folded& found) {
  const TableRows& table = reader.table();
  Key key;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!reader.read_usable(row, key)) continue;
    const auto earlier = index.put(row, key);
    if (!earlier) continue;
    Draft draft = collision(reader, key, *earlier, row);
    const std::string_view kind = draft.severity ? "equal" : "differ";
    Draft& told = found.add(kind, std::move(draft));
    if (kind == "differ" && told.count == 1) advise_key(table, reader.names(), told);
  }
}

}  // namespace

Drafts duplicate_key_in_response(const core::CallView& view) {
  Folded found;
  for (const TableRows& table : view.response->inserts) {
    const auto names = declared_key(*view.response, table.name);
    if (names.empty() || table.rows() < 2) continue;
    const KeyReader reader(table, names);
    if (reader.ascends()) continue;
    const std::size_t parts = KeyIndex::parts_for(table.rows());
    for (std::size_t part = 0; part < parts; ++part)
      find_duplicates(reader, KeyIndex(reader, part, parts), found);
  }
  return found.take();
}

Drafts key_type_differs(const core::CallView& view) {
  Drafts found;
  for (const TableRows& table : view.response->inserts)
    for (const std::string_view name : declared_key(*view.response, table.name)) {
      if (!is_mixed(table, name)) continue;
      const int index = table.column_index(name);
      const auto rows = first_rows(table.columns[static_cast<std::size_t>(index)]);
      const core::Value* first = core::find(table.row(rows[0]), index);
      const core::Value* second = core::find(table.row(rows[1]), index);
      if (first == nullptr || second == nullptr) continue;
      Draft draft = rules::draft(
          table.name, row_pointer("insert", table, rows[1]),
          fmt::format("the key column `{}` of `{}` is a JSON {} in one row ({}) and a JSON {} in "
                      "another ({})",
                      shorten(name), shorten(table.name), core::name(first->kind),
                      value_text(*first), core::name(second->kind), value_text(*second)));
      draft.about = name;
      for (const std::size_t row : rows)
        draft.evidence.push_back(
            fmt::format("{}: {}", row_pointer("insert", table, row), row_text(table, row)));
      found.push_back(std::move(draft));
    }
  return found;
}

Drafts key_column_widened(const core::LoadView& view) {
  Drafts found;
  for (const core::TableLoad& table : view.facts.tables) {
    const auto key = declared_key(view.response, table.table);
    const TableRows* rows = view.response.inserts_of(table.table);
    for (const core::Widened& widened : table.widened) {
      if (std::ranges::find(key, widened.column) == key.end() || widened.to != ColumnType::string)
        continue;
      // Within one page the response rule has told it.
      if (family_of(widened.from) == Family::text || widened.from == ColumnType::none ||
          (rows != nullptr && is_mixed(*rows, widened.column)))
        continue;
      Draft draft = rules::draft(
          table.table, protocol::pointer({"insert", table.table, fmt::to_string(widened.position)}),
          fmt::format("the key column `{}` of `{}` held {} so far and now gets a text: it becomes "
                      "a text for all rows",
                      shorten(widened.column), shorten(table.table), name(widened.from)));
      draft.about = widened.column;
      found.push_back(std::move(draft));
    }
  }
  return found;
}

}  // namespace rules
