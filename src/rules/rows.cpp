// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "protocol/naming.hpp"
#include "rules/families.hpp"
#include "rules/key_index.hpp"
#include "rules/near_miss.hpp"
#include "rules/schema_key.hpp"
#include "rules/texts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

using core::ColumnType;
using core::JsonKind;
using core::TableRows;
using core::Value;

// Calls `visit(field, reader)` for the tables of the response that have a key.
template <class Visit>
void each_keyed_table(const core::CallView& view, Visit visit) {
  const core::SyncResponse& response = *view.response;
  for (const auto* tables : {&response.inserts, &response.deletes})
    for (const TableRows& table : *tables) {
      const auto key = declared_key(response, table.name);
      if (!key.empty() && table.rows() > 0)
        visit(tables == &response.inserts ? "insert" : "delete", KeyReader(table, key));
    }
}

// Every row of the page has a value in each key column: nothing to look for row by row.
bool all_present(const KeyReader& reader) {
  const TableRows& table = reader.table();
  return std::ranges::all_of(reader.names(), [&](std::string_view name) {
    const int column = table.column_index(name);
    return column >= 0 && table.columns[static_cast<std::size_t>(column)].values == table.rows();
  });
}

std::string evidence_of(std::string_view field, const TableRows& table, std::size_t row) {
  return fmt::format("{}: {}", row_pointer(field, table, row), row_text(table, row));
}

// A column of the page that may be the missing one, spelled otherwise.
std::string_view like_column(const TableRows& table, std::string_view missing) {
  std::vector<std::string_view> others;
  const std::string name = protocol::column_name(missing);
  for (const core::PageColumn& column : table.columns) {
    if (protocol::column_name(column.name) == name) return column.name;
    others.push_back(column.name);
  }
  return base::closest(missing, others);
}

// What becomes of a row without a usable key.
std::string_view fate_of(const core::CallView& view, std::string_view field) {
  if (field != "insert") return "deletes nothing";
  return view.loads_null_keys ? "is loaded with a null in its key" : "is not loaded";
}

void add_missing(Folded& found, const core::CallView& view, std::string_view field,
                 const KeyReader& reader, std::size_t row, std::string_view column) {
  const TableRows& table = reader.table();
  std::string message =
      fmt::format("a row of `{}` under `{}` lacks the key column `{}` and {}", shorten(table.name),
                  field, shorten(column), fate_of(view, field));
  if (table.column_index(column) < 0) {
    message = fmt::format("no row of `{}` under `{}` has the key column `{}`", shorten(table.name),
                          field, shorten(column));
    if (const std::string_view like = like_column(table, column); !like.empty())
      message += fmt::format(
          ", {}did you mean `{}`?",
          equal_ignoring_case(like, column) ? "but one in other letter case: " : "", shorten(like));
  }
  Draft draft = rules::draft(table.name, row_pointer(field, table, row), std::move(message));
  draft.evidence.push_back(evidence_of(field, table, row));
  found.add(fmt::format("{} {}", field, column), std::move(draft));
}

// Why a value is no good as a key, or empty.
std::string_view instability(const Value& value) {
  switch (value.kind) {
    case JsonKind::object: return "an object";
    case JsonKind::array: return "an array";
    case JsonKind::string: return value.size == 0 ? "an empty text" : "";
    case JsonKind::number:
      return value.text().find_first_of(".eE") == std::string_view::npos ? "" : "a fraction";
    default: return "";
  }
}

// No value of the column can be unstable, judged by the types that were seen in it.
bool surely_stable(const core::PageColumn& column) {
  return !column.has(ColumnType::json) && !column.has(ColumnType::double_float) &&
         !column.has(ColumnType::decimal) && !column.has(ColumnType::string);
}

}  // namespace

Drafts key_column_missing(const core::CallView& view) {
  Folded found;
  each_keyed_table(view, [&](std::string_view field, const KeyReader& reader) {
    if (all_present(reader)) return;
    Key key;
    for (std::size_t row = 0; row < reader.table().rows(); ++row) {
      reader.read(row, key);
      for (std::size_t i = 0; i < key.size(); ++i)
        if (key[i] == nullptr) add_missing(found, view, field, reader, row, reader.names()[i]);
    }
  });
  return found.take();
}

Drafts key_null(const core::CallView& view) {
  Folded found;
  each_keyed_table(view, [&](std::string_view field, const KeyReader& reader) {
    if (all_present(reader)) return;
    const TableRows& table = reader.table();
    Key key;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      reader.read(row, key);
      for (std::size_t i = 0; i < key.size(); ++i) {
        if (key[i] == nullptr || !key[i]->is_null()) continue;
        Draft draft = rules::draft(
            table.name, row_pointer(field, table, row),
            fmt::format("the key column `{}` of a row of `{}` under `{}` is null: the row {}",
                        shorten(reader.names()[i]), shorten(table.name), field,
                        fate_of(view, field)));
        draft.evidence.push_back(evidence_of(field, table, row));
        found.add(fmt::format("{} {}", field, reader.names()[i]), std::move(draft));
      }
    }
  });
  return found.take();
}

Drafts unstable_key(const core::CallView& view) {
  Folded found;
  each_keyed_table(view, [&](std::string_view field, const KeyReader& reader) {
    const TableRows& table = reader.table();
    if (std::ranges::all_of(reader.names(), [&](std::string_view name) {
          const int column = table.column_index(name);
          return column < 0 || surely_stable(table.columns[static_cast<std::size_t>(column)]);
        }))
      return;
    Key key;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      reader.read(row, key);
      for (std::size_t i = 0; i < key.size(); ++i) {
        const std::string_view why = key[i] == nullptr ? "" : instability(*key[i]);
        if (why.empty()) continue;
        Draft draft = rules::draft(
            table.name, row_pointer(field, table, row),
            fmt::format("the key column `{}` of `{}` holds {}: {}", shorten(reader.names()[i]),
                        shorten(table.name), why, value_text(*key[i])));
        if (key[i]->size == 0 && key.size() > 1) draft.severity = core::Severity::info;
        draft.evidence.push_back(evidence_of(field, table, row));
        found.add(fmt::format("{} {} {}", field, reader.names()[i], why), std::move(draft));
      }
    }
  });
  return found.take();
}

}  // namespace rules
