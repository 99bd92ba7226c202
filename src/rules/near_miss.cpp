// SPDX-License-Identifier: Apache-2.0
#include "rules/near_miss.hpp"

#include "rules/nesting.hpp"
#include "rules/texts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace rules {
namespace {

using core::FieldFact;
using core::JsonKind;
using core::SyncResponse;

struct RootKey {
  std::string_view name, squashed;
  FieldFact SyncResponse::*field;
};

constexpr std::array kRootKeys = {
    RootKey{"state", "state", &SyncResponse::state},
    RootKey{"insert", "insert", &SyncResponse::insert},
    RootKey{"delete", "delete", &SyncResponse::del},
    RootKey{"schema", "schema", &SyncResponse::schema_field},
    RootKey{"hasMore", "hasmore", &SyncResponse::has_more_field},
    RootKey{"softDelete", "softdelete", &SyncResponse::soft_delete},
    RootKey{"errorMessage", "errormessage", &SyncResponse::error_message},
    RootKey{"errorType", "errortype", &SyncResponse::error_type},
    RootKey{"stackTrace", "stacktrace", &SyncResponse::stack_trace},
};

// Lower case, letters and digits only: `has_more`, `HasMore` and `has-more` become one.
std::string squash(std::string_view key) {
  std::string squashed;
  for (const char c : lower(key))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) squashed += c;
  return squashed;
}

// One letter too many, too few or another, or two neighbours swapped.
bool one_slip(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  std::size_t same = 0;
  while (same < b.size() && a[same] == b[same]) ++same;
  if (a.size() == b.size() + 1) return a.substr(same + 1) == b.substr(same);
  if (a.size() != b.size() || same == b.size()) return false;
  if (a.substr(same + 1) == b.substr(same + 1)) return true;
  return same + 1 < a.size() && a[same] == b[same + 1] && a[same + 1] == b[same] &&
         a.substr(same + 2) == b.substr(same + 2);
}

bool close_to(std::string_view squashed, std::string_view wanted) {
  if (squashed == wanted) return true;
  if (squashed.size() == wanted.size() + 1 && squashed.starts_with(wanted) &&
      squashed.back() == 's')
    return true;
  // One slip of the finger, but only in words long enough that no other word is that near:
  // `stats` is not `state`.
  return wanted.size() >= 6 && squashed.front() == wanted.front() && one_slip(squashed, wanted);
}

// Other forms of a word of the format.
std::string_view other_word(std::string_view squashed) {
  return squashed == "inserted" ? "insert" : "";
}

}  // namespace

std::string_view root_key_meant(const SyncResponse& response,
                                const core::ParseFacts::RootKey& unknown) {
  const std::string squashed = squash(unknown.key);
  if (squashed.empty()) return {};
  for (const RootKey& known : kRootKeys)
    if (!(response.*known.field).present() &&
        (close_to(squashed, known.squashed) || other_word(squashed) == known.name))
      return known.name;
  return {};
}

bool is_spelling_of(std::string_view key, std::string_view wanted) {
  return squash(key) == squash(wanted);
}

bool has_near_miss_of(const SyncResponse& response, std::string_view root_key) {
  if (!misplaced_at(response, root_key).empty()) return true;
  return std::ranges::any_of(response.facts.unknown_keys, [&](const auto& unknown) {
    return root_key_meant(response, unknown) == root_key;
  });
}

std::string_view misspelt_primary_key(const core::SchemaEntry& entry) {
  if (entry.primary_key_kind != JsonKind::absent) return {};
  for (const std::string_view key : entry.other_keys) {
    const std::string squashed = squash(key);
    if (squashed.empty()) continue;
    if (close_to(squashed, "primarykey") || squashed == "pk" || squashed == "pks" ||
        squashed == "key" || squashed == "keys")
      return key;
  }
  return {};
}

}  // namespace rules
