// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "rules/families.hpp"
#include "rules/full_reload.hpp"
#include "rules/texts.hpp"
#include "rules/timestamps.hpp"

#include <algorithm>

#include <fmt/format.h>

// INC: how a connector moves its cursors on. All of it is seen from outside, so nothing here is
// more than a note.
namespace rules {
namespace {

using core::ColumnType;
using core::JsonKind;

// The clock of the call: a point in time between its begin and its end, give or take the two
// seconds by which clocks and rounding differ. A date is none.
bool is_clock_of_call(const Leaf& leaf, const core::CallView& view) {
  constexpr std::chrono::seconds kSlack{2};
  std::optional<core::WallTime> at;
  if (leaf.kind == JsonKind::number) at = epoch_of(leaf.text);
  if (leaf.kind == JsonKind::string) {
    const auto moment = moment_of(leaf.text);
    if (moment && moment->form != ColumnType::local_date) at = moment->at;
  }
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(view.raw.duration);
  return at && *at >= view.now - took - kSlack && *at <= view.now + kSlack;
}

// A row holds the same point in time: the cursor is that of a record.
bool is_in_rows(const core::SyncResponse& response, const Leaf& leaf) {
  return std::ranges::any_of(response.inserts, [&](const core::TableRows& table) {
    return std::ranges::any_of(table.cells, [&](const core::Value& cell) {
      return cell.kind == leaf.kind && cell.text() == leaf.text;
    });
  });
}

}  // namespace

Drafts wall_clock_cursor(const core::CallView& view) {
  const core::SyncResponse& response = *view.response;
  const bool any_rows = response.insert_rows() + view.history.rows_this_sync > 0;
  if (response.has_more.value || !any_rows) return {};  // without rows it is STA-05's
  const auto sent = leaves_of(view.request.state.json);
  for (const Leaf& leaf : leaves_of(response.state.raw)) {
    const Leaf* before = leaf_at(sent, leaf.pointer);
    if ((before != nullptr && before->text == leaf.text) || !is_clock_of_call(leaf, view) ||
        is_in_rows(response, leaf))
      continue;
    Draft found =
        draft("", "/state" + leaf.pointer,
              fmt::format("`{}` in the state is the time of the call, {}, and not that of "
                          "a record",
                          leaf.pointer, leaf.text));
    found.evidence.push_back(fmt::format("state returned: {}", json_text(response.state.raw)));
    return {found};
  }
  return {};
}

Drafts cursor_past_unread(const core::SyncView& view) {
  constexpr std::uint64_t kRound = 100, kManyRows = 500;
  if (!view.finished || !view.history.historical) return {};
  const auto leaves = leaves_of(view.end_state.json);
  const auto clock =
      std::ranges::find_if(leaves, [&](const Leaf& leaf) { return is_near(leaf, view.now); });
  if (clock == leaves.end()) return {};
  Drafts found;
  for (const auto& [name, table] : view.history.tables) {
    if (table.rows_this_sync < kManyRows || table.rows_this_sync % kRound != 0) continue;
    found.push_back(
        draft(name, "/state" + clock->pointer,
              fmt::format("`{}` got exactly {} and then the cursor is the present time, {}: if the "
                          "connector stops after a number of pages, the rest is never read",
                          shorten(name), counted(table.rows_this_sync, "row"), clock->text)));
  }
  return found;
}

Drafts unchanged_rows(const core::SyncView& view) {
  constexpr std::uint64_t kFewRows = 10;
  Drafts found;
  if (asked_for_everything(view.history)) return found;
  for (const auto& [name, table] : view.history.tables) {
    if (table.unchanged_this_sync < kFewRows || is_full_reload(table) ||
        table.unchanged_this_sync * 5 < table.rows_this_sync)
      continue;
    found.push_back(draft(
        name, "",
        fmt::format("{} of the {} that this sync sent for `{}` were stored already, unchanged",
                    base::human_count(table.unchanged_this_sync),
                    counted(table.rows_this_sync, "row"), shorten(name))));
    found.back().count = table.unchanged_this_sync;
  }
  return found;
}

}  // namespace rules
