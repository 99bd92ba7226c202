// SPDX-License-Identifier: Apache-2.0
#include "reporters/state_change.hpp"

#include "base/text.hpp"
#include "protocol/json_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace reporters {
namespace {

const std::string* value_of(const protocol::Members& members, std::string_view key) {
  const auto found = std::ranges::find(members, key, &std::pair<std::string, std::string>::first);
  return found == members.end() ? nullptr : &found->second;
}

}  // namespace

std::string state_change(std::string_view before, std::string_view after, std::size_t width) {
  const auto old_members = protocol::members(before), new_members = protocol::members(after);
  if (!old_members || !new_members)
    return before == after ? "unchanged" : base::elide_middle(after, width);
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : "  ") + part; };
  for (const auto& [key, value] : *new_members) {
    const std::string* old = value_of(*old_members, key);
    if (old == nullptr) {
      add(fmt::format("{}: {}", key, base::elide_middle(value, 40)));
    } else if (protocol::canonical(*old) != protocol::canonical(value)) {
      add(fmt::format("{}: {} → {}", key, base::elide_middle(*old, 30),
                      base::elide_middle(value, 30)));
    }
  }
  for (const auto& [key, value] : *old_members)
    if (value_of(*new_members, key) == nullptr) add("-" + key);
  return text.empty() ? "unchanged" : base::elide_middle(text, width);
}

}  // namespace reporters
