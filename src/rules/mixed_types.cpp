// SPDX-License-Identifier: Apache-2.0
#include "protocol/widening.hpp"
#include "rules/families.hpp"
#include "rules/schema_key.hpp"
#include "rules/texts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

// TYP-02. Values of one column on one page that no type but STRING or JSON holds together. What a
// later page does to a stored column is TYP-01.
namespace rules {
namespace {

using core::ColumnType;
using core::JsonKind;
using core::TableRows;
using core::Value;

enum class Kind { number, boolean, time, text, structure };
constexpr std::size_t kKinds = 5;
constexpr std::array<std::string_view, kKinds> kNames = {"numbers", "booleans", "dates or times",
                                                         "texts", "objects or arrays"};

Kind kind_of(const Value& value) {
  switch (value.kind) {
    case JsonKind::number: return Kind::number;
    case JsonKind::boolean: return Kind::boolean;
    case JsonKind::object:
    case JsonKind::array: return Kind::structure;
    default: return protocol::is_time(value.type) ? Kind::time : Kind::text;
  }
}

// The values of one column, by kind.
struct Mix {
  std::array<std::uint64_t, kKinds> counts{};
  std::array<std::size_t, kKinds> first{};  // rows
  bool only_empty_texts = true;

  bool has(Kind kind) const { return counts[static_cast<std::size_t>(kind)] > 0; }
  std::size_t kinds() const {
    return kKinds - static_cast<std::size_t>(std::ranges::count(counts, 0u));
  }
};

// Whether the types that were seen can be of more than one kind: a look at each value is needed.
bool may_be_mixed(const core::PageColumn& column) {
  bool number = false, time = false;
  for (int t = 0; t < core::kColumnTypes; ++t) {
    number = number || (column.has(ColumnType(t)) && protocol::is_number(ColumnType(t)));
    time = time || (column.has(ColumnType(t)) && protocol::is_time(ColumnType(t)));
  }
  return number + time + column.has(ColumnType::boolean) + column.has(ColumnType::string) +
             column.has(ColumnType::json) >
         1;
}

Mix mix_of(const TableRows& table, int column) {
  Mix mix;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const Value* value = core::find(table.row(row), column);
    if (value == nullptr || value->is_null()) continue;
    const Kind kind = kind_of(*value);
    const auto k = static_cast<std::size_t>(kind);
    if (mix.counts[k]++ == 0) mix.first[k] = row;
    if (kind == Kind::text && value->size > 0) mix.only_empty_texts = false;
  }
  return mix;
}

// Some texts of a free text happen to look like dates; a column of dates that a few texts spoil is
// worth a warning.
bool is_free_text(const Mix& mix) {
  return mix.kinds() == 2 && mix.has(Kind::time) && mix.has(Kind::text) &&
         mix.counts[static_cast<std::size_t>(Kind::time)] <=
             mix.counts[static_cast<std::size_t>(Kind::text)];
}

Draft mixed_draft(const TableRows& table, std::string_view column, int index, const Mix& mix) {
  std::string kinds;
  Draft found;
  std::size_t last = 0, told = 0;
  for (std::size_t k = 0; k < kKinds; ++k) {
    if (mix.counts[k] == 0) continue;
    if (told > 0) kinds += told + 1 == mix.kinds() ? " and " : ", ";
    kinds += fmt::format("{} ({})", kNames[k], mix.counts[k]);
    ++told;
    last = std::max(last, mix.first[k]);
    const Value* value = core::find(table.row(mix.first[k]), index);
    found.evidence.push_back(fmt::format("{}: {}",
                                         cell_pointer("insert", table, mix.first[k], column),
                                         value == nullptr ? "" : value_text(*value)));
  }
  found.table = table.name;
  found.subject = column;
  found.pointer = cell_pointer("insert", table, last, column);
  found.message =
      fmt::format("`{}` of `{}` holds {} on this page: the column becomes {}", shorten(column),
                  shorten(table.name), kinds, mix.has(Kind::structure) ? "JSON" : "STRING");
  if (mix.kinds() == 2 && mix.has(Kind::text) && mix.only_empty_texts)
    found.fix = fmt::format("send null instead of an empty text in `{}`", shorten(column));
  if (is_free_text(mix)) found.severity = core::Severity::info;
  return found;
}

}  // namespace

Drafts mixed_types(const core::CallView& view) {
  Drafts found;
  for (const TableRows& table : view.response->inserts) {
    const auto key = declared_key(*view.response, table.name);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (!may_be_mixed(table.columns[c])) continue;
      const Mix mix = mix_of(table, static_cast<int>(c));
      if (mix.kinds() < 2) continue;
      const std::string_view column = table.columns[c].name;
      Draft draft = mixed_draft(table, column, static_cast<int>(c), mix);
      // Of a key's columns the rules of keys speak.
      if (std::ranges::find(key, column) != key.end()) {
        const bool dates_and_texts = mix.kinds() == 2 && mix.has(Kind::time) && mix.has(Kind::text);
        if (!dates_and_texts) draft.told_by = mix.has(Kind::structure) ? "ROW-03" : "ROW-06";
      }
      found.push_back(std::move(draft));
    }
  }
  return found;
}

}  // namespace rules
