// SPDX-License-Identifier: Apache-2.0
#include "rules/nesting.hpp"

#include "protocol/json_text.hpp"
#include "protocol/pointer.hpp"
#include "rules/near_miss.hpp"

#include <algorithm>

namespace rules {
namespace {

using core::JsonKind;
using core::SyncResponse;

// What a key of the root holds, so that a table, or a connector's own word in its state, is not
// taken for one.
JsonKind kind_at_root(std::string_view root_key) {
  return root_key == "hasMore" ? JsonKind::boolean : JsonKind::object;
}

bool is_absent(const SyncResponse& response, std::string_view root_key) {
  if (root_key == "hasMore") return !response.has_more_field.present();
  if (root_key == "state") return !response.state.present();
  if (root_key == "schema") return !response.schema_field.present();
  if (root_key == "delete") return !response.del.present();
  return root_key == "insert" && !response.insert.present();
}

}  // namespace

std::string misplaced_at(const SyncResponse& response, std::string_view root_key) {
  if (!is_absent(response, root_key)) return "";
  // A table is an array of rows; what is something else under its name is no table.
  for (const core::ShapeFact& fact : response.facts.misplaced)
    if (fact.table == root_key && fact.kind == kind_at_root(root_key) &&
        fact.pointer == protocol::pointer({fact.field, root_key}))
      return fact.pointer;
  if (root_key != "hasMore" || response.state.kind != JsonKind::object) return "";
  const auto members = protocol::members(response.state.raw);
  if (!members) return "";
  const auto found = std::ranges::find_if(*members, [](const auto& member) {
    return is_spelling_of(member.first, "hasMore") &&
           (member.second == "true" || member.second == "false");
  });
  return found == members->end() ? "" : protocol::pointer({"state", found->first});
}

std::string_view nested_response(const SyncResponse& response) {
  if (response.state.present() || response.insert.present() || response.has_more_field.present() ||
      response.facts.unknown_keys.empty())
    return {};
  const auto root = protocol::members(response.body.view());
  if (!root) return {};
  for (const auto& unknown : response.facts.unknown_keys) {
    if (unknown.kind != JsonKind::object) continue;
    const auto at = std::ranges::find(*root, unknown.key, &protocol::Members::value_type::first);
    const auto inside = at == root->end() ? std::nullopt : protocol::members(at->second);
    if (!inside) continue;
    const auto has = [&](std::string_view key) {
      return std::ranges::find(*inside, key, &protocol::Members::value_type::first) !=
             inside->end();
    };
    if (has("state") && (has("insert") || has("hasMore"))) return unknown.key;
  }
  return {};
}

bool is_encoded_twice(const core::FieldFact& field) {
  if (field.kind != JsonKind::string) return false;
  const auto text = protocol::string_value(field.raw);
  if (!text || text->empty() || (text->front() != '{' && text->front() != '[')) return false;
  return protocol::normal_form(*text).has_value();
}

}  // namespace rules
