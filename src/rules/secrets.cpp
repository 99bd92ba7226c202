// SPDX-License-Identifier: Apache-2.0
#include "core/leak.hpp"
#include "protocol/json_text.hpp"
#include "rules/answer.hpp"
#include "rules/families.hpp"
#include "rules/texts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

using core::Leak;
using core::LeakPlace;

// "in `insert` of `orders`", "in `state`", "in the log".
std::string where(const Leak& leak) {
  if (!leak.table.empty())
    return fmt::format("in `{}` of `{}`", core::name(leak.place), shorten(leak.table, 40));
  if (leak.place == LeakPlace::log || leak.place == LeakPlace::other)
    return fmt::format("in {}", core::name(leak.place));
  return fmt::format("in `{}`", core::name(leak.place));
}

std::string times(const Leak& leak) {
  return leak.count == 1 ? "" : fmt::format(", {} times", leak.count);
}

Draft leak_draft(const Leak& leak, std::string message) {
  Draft made = draft(leak.table, leak.pointer, std::move(message));
  made.count = leak.count;
  return made;
}

// Credentials recognised by their form at places for which `fits` holds.
template <class Fits>
Drafts recognised(const core::CallView& view, Fits fits) {
  Folded folded;
  for (const Leak& leak : view.leaks)
    if (!leak.configured && fits(leak.place))
      folded.add(leak.what,
                 leak_draft(leak, fmt::format("what looks like a credential ({}) stands {}{}",
                                              leak.what, where(leak), times(leak))));
  return folded.take();
}

// "apiToken" of the members that are no strings, with what they are.
std::string not_strings(std::string_view secrets_json) {
  std::string text;
  const auto members = protocol::members(secrets_json).value_or(protocol::Members{});
  for (const auto& [key, value] : members) {
    const core::JsonKind kind = protocol::kind_of(value.front());
    if (kind == core::JsonKind::string) continue;
    text +=
        fmt::format("{}`{}` ({})", text.empty() ? "" : ", ", shorten(key, 40), core::name(kind));
  }
  return text;
}

std::string error_of(const core::CallView& view) {
  if (!view.raw.answered()) return error_text(view.raw.error_type, view.raw.error_message);
  const bool reports = view.response != nullptr && view.response->is_object();
  return reports && reports_error(*view.response) ? reported_error(*view.response) : "";
}

}  // namespace

Drafts secret_not_string(const core::CallView& view) {
  if (view.call != 1) return {};
  const std::string members = not_strings(view.request.secrets_json);
  if (members.empty()) return {};
  return {draft("", "", fmt::format("configured secrets are no strings: {}", members))};
}

Drafts secret_given_away(const core::CallView& view) {
  Drafts drafts;
  for (const Leak& leak : view.leaks)
    if (leak.configured)
      drafts.push_back(
          leak_draft(leak, fmt::format("the value of the secret `{}` stands {} ({}){}", leak.what,
                                       where(leak), leak.how, times(leak))));
  return drafts;
}

Drafts secrets_wanted(const core::CallView& view) {
  if (view.request.secrets_json != "{}") return {};
  const std::string error = error_of(view);
  if (lower(error).find("secret") == std::string::npos) return {};
  return {
      draft("", "",
            fmt::format("the function failed and speaks of secrets, and none are configured: {}",
                        shorten(error, 120)))};
}

Drafts credential_in_rows(const core::CallView& view) {
  return recognised(view, [](LeakPlace place) {
    return place == LeakPlace::insert || place == LeakPlace::del || place == LeakPlace::other;
  });
}

Drafts credential_in_state(const core::CallView& view) {
  return recognised(view, [](LeakPlace place) { return place == LeakPlace::state; });
}

Drafts credential_in_log(const core::CallView& view) {
  return recognised(view, [](LeakPlace place) { return place == LeakPlace::log; });
}

Drafts credential_in_error(const core::CallView& view) {
  return recognised(view, [](LeakPlace place) { return place == LeakPlace::error; });
}

}  // namespace rules
