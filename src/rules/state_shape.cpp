// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "protocol/json_text.hpp"
#include "rules/date_text.hpp"
#include "rules/families.hpp"
#include "rules/state_keys.hpp"
#include "rules/texts.hpp"
#include "rules/timestamps.hpp"

#include <fmt/format.h>

// What shows in a state only over several calls: keys that are values (STA-09), growth (STA-10),
// and a state that is not read (STA-11).
namespace rules {
namespace {

using core::Severity;

// Below that, a state grows for good reasons: one more cursor with each table.
constexpr int kManyCalls = 10;
constexpr std::size_t kSmall = 4096, kLarge = 65'536;  // bytes

}  // namespace

Drafts dynamic_state_keys(const core::CallView& view) {
  const auto keys = dynamic_keys(view);
  if (keys.empty()) return {};
  Draft found = draft("", "/state", fmt::format("the state has values as keys: {}", keys.text));
  if (!keys.same_as_value) found.severity = Severity::info;
  found.evidence = {fmt::format("state sent: {}", json_text(view.request.state.json)),
                    fmt::format("state returned: {}", json_text(view.response->state.raw))};
  return {found};
}

Drafts odd_timestamp(const core::CallView& view) {
  const auto sent = leaves_of(view.request.state.json, kLarge);
  Drafts found;
  for (const Leaf& leaf : leaves_of(view.response->state.raw, kLarge)) {
    if (leaf.kind != core::JsonKind::string) continue;
    const std::string_view form = odd_date_form(leaf.text);
    const Leaf* before = leaf_at(sent, leaf.pointer);
    // Told where it first appears.
    if (form.empty() || (before != nullptr && !odd_date_form(before->text).empty())) continue;
    Draft draft = rules::draft(
        "", "/state" + leaf.pointer,
        fmt::format("`{}` in the state is {}: {}", leaf.pointer, form, shorten(leaf.text)));
    draft.subject = leaf.pointer;
    found.push_back(std::move(draft));
  }
  return found;
}

Drafts growing_state(const core::SyncView& view) {
  const core::StateGrowth& growth = view.history.answers.growth();
  if (growth.calls < kManyCalls || growth.to < kSmall || growth.to < 4 * growth.from) return {};
  Draft found = draft("", "/state",
                      fmt::format("the state grew with each of {}, from {} to {}",
                                  counted(static_cast<std::uint64_t>(growth.calls), "call"),
                                  bytes_text(growth.from), bytes_text(growth.to)));
  if (growth.to <= kLarge) found.severity = Severity::info;
  found.evidence.push_back(fmt::format("state at the end: {}", json_text(view.end_state.json)));
  return {found};
}

Drafts state_not_consumed(const core::SyncView& view) {
  constexpr int kProof = 3;
  constexpr std::uint64_t kFewRows = 5;
  const core::SameRows& same = view.history.answers.same_rows();
  if (same.calls < kProof || same.rows < kFewRows) return {};
  Draft found = draft(
      "", "/insert",
      fmt::format("calls {} to {} gave the same {}, though each was sent another state",
                  same.first_call, same.first_call + same.calls - 1, counted(same.rows, "row")));
  // Other calls gave other rows, so the state is read: some rows are sent with every page.
  if (same.calls < view.history.calls) found.severity = Severity::info;
  found.evidence = {
      fmt::format("state at the start: {}", json_text(view.history.sync_start_state.json)),
      fmt::format("state at the end: {}", json_text(view.end_state.json))};
  return {found};
}

}  // namespace rules
