// SPDX-License-Identifier: Apache-2.0
#include "rules/answer.hpp"
#include "rules/families.hpp"
#include "rules/texts.hpp"

#include <fmt/format.h>

namespace rules {
namespace {

// "more than 10 consecutive empty responses": Fivetran's changelog, May 2025.
constexpr int kMostEmpty = 10;
constexpr int kEmptyWarning = 3;

// How many empty responses in a row this one makes; 0 when it is not empty or the last.
int empty_streak_of(const core::CallView& view) {
  if (!view.response->is_empty() || !view.response->has_more.value) return 0;
  return view.history.empty_in_a_row + 1;
}

// More than the limit, or so close that the next page may pass it.
bool is_over(std::uint64_t amount, std::uint64_t limit) {
  return limit > 0 && amount > limit;
}
bool is_close(std::uint64_t amount, std::uint64_t limit) {
  return limit > 0 && amount > limit / 100 * 95;
}

Drafts size_finding(std::string_view what, std::uint64_t bytes, std::uint64_t limit) {
  if (!is_close(bytes, limit)) return {};
  const bool over = is_over(bytes, limit);
  Draft found =
      draft("", "",
            fmt::format("the {} has {}, {} the platform's limit of {}", what, bytes_text(bytes),
                        over ? "above" : "close to", bytes_text(limit)));
  if (!over) found.severity = core::Severity::warning;
  return {found};
}

}  // namespace

Drafts empty_streak(const core::CallView& view) {
  const int streak = empty_streak_of(view);
  if (streak < kEmptyWarning || streak > kMostEmpty) return {};
  Draft found =
      draft("", "",
            fmt::format("{} empty responses in a row with `hasMore` true; Fivetran ends the "
                        "connection after more than {}",
                        streak, kMostEmpty));
  found.evidence.push_back(fmt::format("state returned: {}", json_text(view.response->state.raw)));
  return {found};
}

Drafts too_many_empty_responses(const core::CallView& view) {
  const int streak = empty_streak_of(view);
  if (streak <= kMostEmpty) return {};
  Draft found =
      draft("", "",
            fmt::format("the {}th empty response in a row with `hasMore` true: Fivetran ends the "
                        "connection here",
                        streak));
  found.evidence.push_back(fmt::format("state returned: {}", json_text(view.response->state.raw)));
  return {found};
}

Drafts six_hour_limit(const core::SyncView& view) {
  if (!view.time_limit_reached) return {};
  return {
      draft("", "",
            fmt::format("the sync reached its time limit after {}, with `hasMore` still true; the "
                        "next sync goes on from here",
                        counted(static_cast<std::uint64_t>(view.history.calls), "call")))};
}

Drafts many_calls(const core::CallView& view) {
  if (view.call != view.warn_calls + 1) return {};
  return {draft("", "",
                fmt::format("this sync has made more than {} so far, with {} in all",
                            counted(static_cast<std::uint64_t>(view.warn_calls), "call"),
                            counted(view.history.rows_this_sync, "row")))};
}

Drafts response_too_large(const core::CallView& view) {
  if (view.response != nullptr)
    return size_finding("response", view.response->body.size(), view.limits.response_bytes);
  if (view.raw.failure != core::FailureKind::response_too_large) return {};
  Drafts sized = size_finding("response", view.raw.refused_bytes, view.limits.response_bytes);
  Draft found = sized.empty() ? draft("", "", failure_text(view)) : std::move(sized.front());
  found.severity.reset();
  found.evidence = failure_evidence(view.raw);
  return {found};
}

Drafts request_too_large(const core::CallView& view) {
  Drafts found = size_finding("request", view.request_bytes, view.limits.request_bytes);
  if (found.empty() && view.raw.failure == core::FailureKind::request_too_large)
    found.push_back(draft("", "", failure_text(view)));
  for (Draft& draft : found)
    draft.evidence.push_back(fmt::format("state {}, secrets {}",
                                         bytes_text(view.request.state.json.size()),
                                         bytes_text(view.request.secrets_json.size())));
  return found;
}

Drafts call_too_long(const core::CallView& view) {
  using std::chrono::microseconds;
  const microseconds limit = view.limits.call_time, took = view.raw.duration;
  if (limit <= microseconds(0) || took <= limit / 100 * 95) return {};
  const bool over = took > limit;
  Draft found =
      draft("", "",
            fmt::format("the call took {}, {} the platform's limit of {}", seconds_text(took),
                        over ? "above" : "close to", seconds_text(limit)));
  if (!over) found.severity = core::Severity::warning;
  return {found};
}

}  // namespace rules
