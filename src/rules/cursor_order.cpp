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
constexpr std::size_t kMostState = 65'536;  // bytes

using Leaves = std::vector<Leaf>;

// The time at the place of `like` in another state, when it is written in the same form there.
std::optional<core::WallTime> time_at(const Leaves& state, const Leaf& like,
                                      core::ColumnType form) {
  const Leaf* leaf = leaf_at(state, like.pointer);
  if (leaf == nullptr || leaf->kind != JsonKind::string) return std::nullopt;
  const auto moment = moment_of(leaf->text);
  if (!moment || moment->form != form) return std::nullopt;
  return moment->at;
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

// Something else changed from one state to the next, which may be why a timestamp went back.
bool another_change(const Leaves& from, const Leaves& to) {
  if (from.size() != to.size()) return true;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i].pointer != to[i].pointer) return true;
    if (from[i].text == to[i].text && from[i].kind == to[i].kind) continue;
    const bool timestamps = moment_of(from[i].text) && moment_of(to[i].text);
    if (!timestamps && !is_progress(from[i], to[i])) return true;
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

// How a timestamp moved through the states that were sent. That the first page fell below the
// sync's start does not count: many connectors read a little of the past again.
struct Course {
  bool rose = false, fell = false;
};

Course course_of(const std::vector<Leaves>& sent, bool from_start, const Leaf& leaf,
                 core::ColumnType form) {
  Course course;
  for (std::size_t i = 1; i < sent.size(); ++i) {
    const auto from = time_at(sent[i - 1], leaf, form), to = time_at(sent[i], leaf, form);
    if (!from || !to) continue;
    course.rose = course.rose || *to > *from;
    course.fell = course.fell ||
                  (*to < *from && (i > 1 || !from_start) && !another_change(sent[i - 1], sent[i]));
  }
  return course;
}

// `sent`: the states of this sync up to the one of this call.
std::optional<Draft> went_back(const core::CallView& view, const std::vector<Leaves>& sent,
                               const Leaves& returned, const Leaf& leaf, const Moment& moment) {
  if (sent.size() < 2 || is_upper_bound(leaf.pointer)) return std::nullopt;
  const auto before = time_at(sent.back(), leaf, moment.form);
  if (!before || moment.at >= *before) return std::nullopt;
  Draft found =
      draft("", "/state" + leaf.pointer,
            fmt::format("the cursor `{}` went back within the sync, from {} to {}", leaf.pointer,
                        leaf_at(sent.back(), leaf.pointer)->text, leaf.text));
  found.evidence = {fmt::format("state sent: {}", json_text(view.request.state.json)),
                    fmt::format("state returned: {}", json_text(view.response->state.raw))};
  // Up and down between pages: unsorted. On the last page a connector may take some days off; when
  // it fell before, the next sync starts at an older record than one that this sync has read.
  const bool from_start = static_cast<std::size_t>(view.history.calls) + 1 == sent.size();
  const Course course = course_of(sent, from_start, leaf, moment.form);
  const bool sure = view.response->has_more.value ? course.rose : course.fell;
  if (!sure || another_change(sent.back(), returned)) found.severity = Severity::info;
  return found;
}

// Names of numbers that are points in time; others of as many digits are identifiers.
bool names_a_time(std::string_view pointer) {
  const std::string name = lower(pointer.substr(pointer.rfind('/') + 1));
  for (const std::string_view word :
       {"time", "date", "since", "epoch", "timestamp", "updated", "created", "modified", "changed"})
    if (name.find(word) != std::string::npos) return true;
  return name == "ts" || name.ends_with("_ts") || name.ends_with("_at");
}

std::optional<Draft> in_future(const core::CallView& view, const Leaf& leaf, core::WallTime at) {
  if (at <= view.now + std::chrono::days(1)) return std::nullopt;
  Draft found =
      draft("", "/state" + leaf.pointer,
            fmt::format("`{}` in the state lies in the future: {}", leaf.pointer, leaf.text));
  found.severity = Severity::info;
  return found;
}

}  // namespace

Drafts cursor_out_of_order(const core::CallView& view) {
  Drafts found;
  const Leaves returned = leaves_of(view.response->state.raw, kMostState);
  std::vector<Leaves> sent;
  for (const core::State& state : view.history.recent_states)
    sent.push_back(leaves_of(state.json, kMostState));
  for (const Leaf& leaf : returned) {
    if (leaf.kind == JsonKind::number && names_a_time(leaf.pointer))
      if (const auto at = epoch_of(leaf.text))
        if (auto future = in_future(view, leaf, *at)) found.push_back(std::move(*future));
    if (leaf.kind != JsonKind::string) continue;
    const auto moment = moment_of(leaf.text);
    if (!moment) continue;
    if (auto back = went_back(view, sent, returned, leaf, *moment))
      found.push_back(std::move(*back));
    if (auto future = in_future(view, leaf, moment->at)) found.push_back(std::move(*future));
  }
  return found;
}

}  // namespace rules
