// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "protocol/json_text.hpp"
#include "rules/families.hpp"
#include "rules/full_reload.hpp"
#include "rules/near_miss.hpp"
#include "rules/nesting.hpp"
#include "rules/state_keys.hpp"
#include "rules/texts.hpp"
#include "rules/timestamps.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

using core::JsonKind;
using core::Severity;

std::string before(const core::CallView& view) {
  return fmt::format("state sent: {}", json_text(view.request.state.json));
}
std::string after(const core::CallView& view) {
  return fmt::format("state returned: {}", json_text(view.response->state.raw));
}

}  // namespace

bool asked_for_everything(const core::History& history) {
  if (!history.historical) return false;
  return !history.last_sync_end_state ||
         protocol::canonical(history.last_sync_end_state->json) != "{}";
}

bool is_full_reload(const core::TableHistory& table) {
  constexpr std::uint64_t kFewRows = 20;
  return table.rows_before_sync >= kFewRows && table.soft_delete_calls == 0 &&
         table.unchanged_this_sync * 10 >= table.rows_before_sync * 9;
}

Drafts state_missing(const core::CallView& view) {
  const core::SyncResponse& response = *view.response;
  if (response.state.present() && response.state.kind != JsonKind::null) return {};
  Draft found = response.state.present() ? draft("", "/state", "`state` is null")
                                         : draft("", "", "`state` is missing");
  if (response.body.view() == "{}")
    found.message = "the response is an empty object, without `state`";
  if (has_near_miss_of(response, "state")) found.told_by = "RSP-05";
  found.evidence.push_back(before(view));
  return {found};
}

Drafts state_not_object(const core::CallView& view) {
  const core::FieldFact& state = view.response->state;
  if (!state.present() || state.kind == JsonKind::null || state.kind == JsonKind::object) return {};
  Draft found = draft("", "/state",
                      fmt::format("`state` is a JSON {}, not an object: {}", name(state.kind),
                                  json_text(state.raw, 80)));
  if (is_encoded_twice(state))
    found.fix = "send the object itself instead of its text (json.dumps, JSON.stringify)";
  return {found};
}

Drafts full_reload(const core::SyncView& view) {
  Drafts found;
  if (asked_for_everything(view.history)) return found;
  for (const auto& [name, table] : view.history.tables) {
    if (!is_full_reload(table)) continue;
    Draft draft = rules::draft(
        name, "",
        fmt::format(
            "{} of the {} that `{}` held were sent again, unchanged, though the sync did not start "
            "anew",
            base::human_count(table.unchanged_this_sync), counted(table.rows_before_sync, "row"),
            shorten(name)));
    draft.evidence = {
        fmt::format("state at the start: {}", json_text(view.history.sync_start_state.json)),
        fmt::format("state at the end: {}", json_text(view.end_state.json))};
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts state_repeats(const core::CallView& view) {
  if (!view.response->has_more.value) return {};
  const bool unchanged = view.canonical_request_state == view.canonical_response_state;
  const bool came_back = view.cycle && view.cycle->period > 1;
  if (!unchanged && !came_back) return {};
  Draft found =
      unchanged
          ? draft("", "/state", "`hasMore` is true, but the state is the one that was sent")
          : draft("", "/state",
                  fmt::format(
                      "`hasMore` is true, but the state that this call was sent is that of {} "
                      "calls before",
                      view.cycle->period));
  if (view.cycle && view.cycle->proven)
    found.message += fmt::format(
        ": the same answers came twice, so this loop of {} is endless as far as can be seen",
        counted(static_cast<std::uint64_t>(view.cycle->period), "call"));
  found.evidence = {before(view), after(view)};
  return {found};
}

Drafts cursor_starts_at_now(const core::SyncView& view) {
  if (!view.finished || !view.history.historical || view.history.rows_this_sync > 0) return {};
  for (const Leaf& leaf : leaves_of(view.end_state.json)) {
    if (!is_near(leaf, view.now)) continue;
    Draft found =
        draft("", "/state" + leaf.pointer,
              fmt::format("the first sync brought no rows, yet its cursor `{}` is the present "
                          "time, {}: what was there before is never loaded",
                          leaf.pointer, leaf.text));
    found.evidence.push_back(fmt::format("state at the end: {}", json_text(view.end_state.json)));
    return {found};
  }
  return {};
}

Drafts state_key_dropped(const core::CallView& view) {
  if (view.response->state.kind != JsonKind::object) return {};
  const auto sent = protocol::members(view.request.state.json);
  const auto returned = protocol::members(view.response->state.raw);
  if (!sent || !returned) return {};
  std::vector<std::string_view> dropped;
  for (const auto& [key, value] : *sent)
    if (std::ranges::find(*returned, key, &protocol::Members::value_type::first) == returned->end())
      dropped.push_back(key);
  if (dropped.empty()) return {};
  Draft found =
      draft("", "/state",
            fmt::format("the new state lacks {}, which the old one had: states are replaced, not "
                        "merged",
                        names_text(dropped)));
  found.evidence = {before(view), after(view)};
  if (!dynamic_keys(view).empty()) found.told_by = "STA-09";
  return {found};
}

Drafts large_state(const core::CallView& view) {
  constexpr std::size_t kNote = 65'536, kWarning = 1'048'576;  // 64 KiB, 1 MiB
  const std::size_t size = view.response->state.raw.size();
  if (size <= kNote) return {};
  Draft found = draft("", "/state", fmt::format("the state has {}", bytes_text(size)));
  if (size <= kWarning) found.severity = Severity::info;
  return {found};
}

}  // namespace rules
