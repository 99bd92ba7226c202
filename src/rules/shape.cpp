// SPDX-License-Identifier: Apache-2.0
#include "protocol/pointer.hpp"
#include "rules/families.hpp"
#include "rules/nesting.hpp"
#include "rules/texts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

using core::JsonKind;
using core::ShapeFact;

// Where in the response something else stands than the contract wants.
enum class Level { field, table, row };

Level level_of(const ShapeFact& fact) {
  if (fact.table.empty() && std::ranges::count(fact.pointer, '/') == 1) return Level::field;
  return std::ranges::count(fact.pointer, '/') == 2 ? Level::table : Level::row;
}

bool holds_rows(const ShapeFact& fact) {
  return fact.field == "insert" || fact.field == "delete";
}

bool is_null_container(const ShapeFact& fact) {
  return fact.kind == JsonKind::null && level_of(fact) != Level::row &&
         (holds_rows(fact) || fact.field == "schema");
}

bool is_single_delete(const ShapeFact& fact) {
  return fact.field == "delete" && fact.kind == JsonKind::object && level_of(fact) == Level::table;
}

std::string shape_message(const ShapeFact& fact) {
  switch (level_of(fact)) {
    case Level::field:
      return fmt::format("`{}` is a JSON {}, not an object of tables", fact.field, name(fact.kind));
    case Level::table:
      return fmt::format("`{}` under `{}` is a JSON {}, not an array of rows", shorten(fact.table),
                         fact.field, name(fact.kind));
    case Level::row: break;
  }
  return fmt::format("a row of `{}` under `{}` is a JSON {}, not an object", shorten(fact.table),
                     fact.field, name(fact.kind));
}

// What to change, where more than the general form can be said.
std::string shape_fix(const core::SyncResponse& response, const ShapeFact& fact) {
  constexpr std::string_view kTwice =
      "send the value itself instead of its text (json.dumps, JSON.stringify)";
  if (fact.kind == JsonKind::string) {
    const bool field = level_of(fact) == Level::field;
    const bool twice =
        !field || is_encoded_twice(fact.field == "insert" ? response.insert : response.del);
    return twice ? std::string(kTwice) : "";
  }
  if (level_of(fact) == Level::field && fact.kind == JsonKind::array)
    return fmt::format("put the rows under the name of their table: {{\"{}\": {{\"table\": […]}}}}",
                       fact.field);
  if (level_of(fact) == Level::table && fact.kind == JsonKind::object)
    return fmt::format("send an array of rows: {{\"{}\": {{\"{}\": [{{…}}]}}}}", fact.field,
                       shorten(fact.table));
  return "";
}

// The table that a pointer leads into: "/insert/orders/3" into orders.
std::string_view table_of(const core::SyncResponse& response, std::string_view pointer) {
  const bool insert = pointer.starts_with("/insert/");
  if (!insert && !pointer.starts_with("/delete/")) return {};
  for (const core::TableRows& rows : insert ? response.inserts : response.deletes) {
    const std::string inside = protocol::pointer({insert ? "insert" : "delete", rows.name});
    if (pointer.starts_with(inside) &&
        (pointer.size() == inside.size() || pointer[inside.size()] == '/'))
      return rows.name;
  }
  return {};
}

}  // namespace

Drafts wrong_json_shape(const core::CallView& view) {
  const core::ParseFacts& facts = view.response->facts;
  Folded found;
  for (const ShapeFact& fact : facts.misplaced) {
    if (!holds_rows(fact) || is_null_container(fact) || is_single_delete(fact)) continue;
    Draft draft = rules::draft(fact.table, fact.pointer, shape_message(fact));
    draft.evidence.push_back(fmt::format("{} is a JSON {}", fact.pointer, name(fact.kind)));
    draft.fix = shape_fix(*view.response, fact);
    if (misplaced_at(*view.response, fact.table) == fact.pointer) draft.told_by = "RSP-05";
    found.add(fact.field, std::move(draft));
  }
  Drafts drafts = found.take();
  // Only the first ones are listed; with one table concerned the rest is of it, too.
  if (drafts.size() == 1 && drafts.front().count == facts.misplaced.size())
    drafts.front().count = facts.misplaced_count;
  return drafts;
}

Drafts delete_single_object(const core::CallView& view) {
  Drafts found;
  for (const ShapeFact& fact : view.response->facts.misplaced)
    if (is_single_delete(fact))
      found.push_back(draft(fact.table, fact.pointer,
                            fmt::format("`{}` under `delete` is one object, not an array of rows",
                                        shorten(fact.table))));
  return found;
}

Drafts null_container(const core::CallView& view) {
  Drafts found;
  for (const ShapeFact& fact : view.response->facts.misplaced)
    if (is_null_container(fact))
      found.push_back(draft(fact.table, fact.pointer,
                            fact.table.empty()
                                ? fmt::format("`{}` is null; it is taken as empty", fact.field)
                                : fmt::format("`{}` under `{}` is null; it is taken as empty",
                                              shorten(fact.table), fact.field)));
  if (view.response->soft_delete.kind == JsonKind::null)
    found.push_back(draft("", "/softDelete", "`softDelete` is null; it is taken as empty"));
  return found;
}

Drafts duplicate_json_key(const core::CallView& view) {
  const core::ParseFacts& facts = view.response->facts;
  Folded found;
  for (const core::DuplicateKey& twin : facts.duplicate_keys) {
    const std::string where = twin.pointer.empty() ? "the root object" : twin.pointer;
    Draft draft = rules::draft(table_of(*view.response, twin.pointer), twin.pointer,
                               fmt::format("the key `{}` stands twice in {}; the last value counts",
                                           shorten(twin.key), where));
    draft.evidence.push_back(fmt::format("`{}` twice in {}", shorten(twin.key), where));
    found.add(twin.key, std::move(draft));
  }
  Drafts drafts = found.take();
  if (drafts.size() == 1) drafts.front().count = facts.duplicate_key_count;
  return drafts;
}

}  // namespace rules
