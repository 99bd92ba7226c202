// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "rules/families.hpp"
#include "rules/texts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

// RES: what one run shows of how a connector pages and fails. What needs calls to be lost or made
// twice is found by injecting faults.
namespace rules {
namespace {

// A stack trace of Python, Node or Java in a log.
bool is_trace(std::string_view line) {
  constexpr std::array<std::string_view, 4> kTraces = {
      "Traceback (most recent call last)", "UnhandledPromiseRejection",
      "Unhandled promise rejection", "Exception in thread "};
  return std::ranges::any_of(
      kTraces, [&](std::string_view trace) { return line.find(trace) != std::string_view::npos; });
}

}  // namespace

Drafts error_swallowed(const core::CallView& view) {
  const auto& log = view.raw.log_tail;
  const auto trace = std::ranges::find_if(log, is_trace);
  if (trace == log.end()) return {};
  const bool lost =
      view.response->is_empty() && view.canonical_request_state != view.canonical_response_state;
  Draft found = draft(
      "", "",
      lost ? "the log shows an error, and yet the answer has no rows and a new state: what was to "
             "be read in this call is passed over"
           : "the log shows an error that the answer does not tell of");
  if (!lost) found.severity = core::Severity::info;
  for (auto line = trace; line != log.end() && found.evidence.size() < 5; ++line)
    found.evidence.push_back(fmt::format("log: {}", shorten(*line, 200)));
  // The error itself stands at the end of a Python trace.
  if (log.end() - trace > 5)
    found.evidence.back() = fmt::format("log: {}", shorten(log.back(), 200));
  return {found};
}

Drafts page_overlap(const core::SyncView& view) {
  constexpr int kPages = 3;
  constexpr std::uint64_t kRows = 20;
  Drafts found;
  for (const auto& [name, table] : view.history.tables) {
    if (table.overlap_pages < kPages || table.overlap_rows < kRows) continue;
    Draft draft = rules::draft(
        name, "",
        fmt::format("on {} pages of this sync at least half of the rows of `{}` had come before, "
                    "unchanged: {} of {} in all",
                    table.overlap_pages, shorten(name), base::human_count(table.overlap_rows),
                    base::human_count(table.rows_this_sync)));
    found.push_back(std::move(draft));
  }
  return found;
}

}  // namespace rules
