// SPDX-License-Identifier: Apache-2.0
#include "rules/state_keys.hpp"

#include "protocol/json_text.hpp"
#include "rules/texts.hpp"
#include "rules/timestamps.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace rules {
namespace {

using protocol::Members;

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_uuid(std::string_view text) {
  return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' &&
         text[23] == '-' &&
         text.find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos;
}

bool is_value(std::string_view key) {
  return is_digits(key) || is_uuid(key) || moment_of(key).has_value();
}

// Members of `a` whose keys `b` lacks.
std::vector<const Members::value_type*> only_in(const Members& a, const Members& b) {
  std::vector<const Members::value_type*> found;
  for (const auto& member : a)
    if (std::ranges::find(b, member.first, &Members::value_type::first) == b.end())
      found.push_back(&member);
  return found;
}

}  // namespace

DynamicKeys dynamic_keys(const core::CallView& view) {
  const auto sent = protocol::members(view.request.state.json);
  const auto returned = protocol::members(view.response->state.raw);
  if (!sent || !returned) return {};
  const auto gone = only_in(*sent, *returned), come = only_in(*returned, *sent);
  const auto is_dynamic = [](const auto* member) { return is_value(member->first); };
  const bool first_call = sent->empty();
  if (come.empty() || (gone.empty() && !first_call) || !std::ranges::all_of(come, is_dynamic) ||
      !std::ranges::all_of(gone, is_dynamic))
    return {};
  DynamicKeys keys;
  keys.same_as_value = std::ranges::all_of(come, [](const auto* member) {
    return member->second == member->first || member->second == protocol::quote(member->first);
  });
  // A first state alone may be a map by account or by day.
  if (first_call && !keys.same_as_value) return {};
  keys.text = fmt::format("`{}`", shorten(come.front()->first));
  if (!gone.empty())
    keys.text += fmt::format(" in the place of `{}`", shorten(gone.front()->first));
  return keys;
}

}  // namespace rules
