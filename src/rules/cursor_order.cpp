// SPDX-License-Identifier: Apache-2.0
#include "rules/families.hpp"
#include "rules/texts.hpp"
#include "rules/timestamps.hpp"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>

// STA-07. A timestamp that goes back may be quite right: a connector moves on to its next table,
// pages from the newest record to the oldest, or takes a few days off at the end to catch late
// changes. Each of these is kept apart from a cursor that follows unsorted rows.
namespace rules {
namespace {

using core::JsonKind;
using core::Severity;

// Larger states hold lists rather than cursors.
constexpr std::size_t kMostState = 64 * 1024;

// Leaves of the states of this sync, oldest first.
struct States {
  std::vector<Leaf> start, before, sent, returned;
};

std::optional<Moment> moment_at(const std::vector<Leaf>& leaves, const Leaf& place,
                                core::ColumnType form) {
  const Leaf* leaf = leaf_at(leaves, place.pointer);
  if (leaf == nullptr || leaf->kind != JsonKind::string) return std::nullopt;
  const auto moment = moment_of(leaf->text);
  return moment && moment->form == form ? moment : std::nullopt;
}

// A number that grew by more than one: an offset or a last identifier. By one it may be a page, but
// also the number of the table that is read.
bool is_progress(const Leaf& sent, const Leaf& returned) {
  if (sent.kind != JsonKind::number || returned.kind != JsonKind::number) return false;
  std::int64_t a = 0, b = 0;
  std::from_chars(sent.text.data(), sent.text.data() + sent.text.size(), a);
  std::from_chars(returned.text.data(), returned.text.data() + returned.text.size(), b);
  return b > a + 1;
}

// Something else in the state changed, which may be why the timestamp went back.
bool another_change(const States& states) {
  if (states.sent.size() != states.returned.size()) return true;
  for (std::size_t i = 0; i < states.sent.size(); ++i) {
    const Leaf &sent = states.sent[i], &returned = states.returned[i];
    if (sent.pointer != returned.pointer) return true;
    if (sent.text == returned.text && sent.kind == returned.kind) continue;
    const bool timestamps = moment_of(sent.text) && moment_of(returned.text);
    if (!timestamps && !is_progress(sent, returned)) return true;
  }
  return false;
}

// Names of a bound that is meant to come down while a connector pages backwards.
bool is_upper_bound(std::string_view pointer) {
  const std::string name = lower(pointer.substr(pointer.rfind('/') + 1));
  for (const std::string_view word : {"before", "until", "oldest", "earliest", "end", "min"})
    if (name.find(word) != std::string::npos) return true;
  return name == "to" || name.ends_with("_to");
}

std::optional<Draft> went_back(const core::CallView& view, const States& states, const Leaf& leaf,
                               const Moment& returned) {
  const auto sent = moment_at(states.sent, leaf, returned.form);
  if (!sent || returned.at >= sent->at || is_upper_bound(leaf.pointer)) return std::nullopt;
  const auto before = moment_at(states.before, leaf, returned.form);
  const auto start = moment_at(states.start, leaf, returned.form);
  const bool rose = (before && before->at < sent->at) || (start && start->at < sent->at);
  const bool fell = before && before->at > sent->at;
  const bool more = view.response->has_more.value;
  Draft found =
      draft("", "/state" + leaf.pointer,
            fmt::format("the cursor `{}` went back within the sync, from {} to {}", leaf.pointer,
                        leaf_at(states.sent, leaf.pointer)->text, leaf.text));
  found.evidence = {fmt::format("state sent: {}", json_text(view.request.state.json)),
                    fmt::format("state returned: {}", json_text(view.response->state.raw))};
  // Up and down between pages: unsorted. Down from page to page until the end: the next sync starts
  // at the oldest record of this one.
  const bool sure = more ? rose : fell && !rose;
  if (!sure || another_change(states)) found.severity = Severity::info;
  return found;
}

std::optional<Draft> in_future(const core::CallView& view, const Leaf& leaf, const Moment& moment) {
  if (moment.at <= view.now + std::chrono::days(1)) return std::nullopt;
  Draft found =
      draft("", "/state" + leaf.pointer,
            fmt::format("`{}` in the state lies in the future: {}", leaf.pointer, leaf.text));
  found.severity = Severity::info;
  return found;
}

}  // namespace

Drafts cursor_out_of_order(const core::CallView& view) {
  Drafts found;
  States states;
  states.returned = leaves_of(view.response->state.raw, kMostState);
  const bool within_sync = view.history.calls > 0;
  if (within_sync) {
    states.start = leaves_of(view.history.sync_start_state.json, kMostState);
    states.before = leaves_of(view.history.previous_state.json, kMostState);
    states.sent = leaves_of(view.request.state.json, kMostState);
  }
  for (const Leaf& leaf : states.returned) {
    if (leaf.kind != JsonKind::string) continue;
    const auto moment = moment_of(leaf.text);
    if (!moment) continue;
    if (auto back = went_back(view, states, leaf, *moment)) found.push_back(std::move(*back));
    if (auto future = in_future(view, leaf, *moment)) found.push_back(std::move(*future));
  }
  return found;
}

}  // namespace rules
