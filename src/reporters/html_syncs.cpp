// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"
#include "reporters/state_change.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace reporters {
namespace {

// Calls that are folded up together: few long lists rather than a hundred short ones.
constexpr std::size_t kGroup = 100, kLargeGroup = 500, kManyCalls = 2'000;
constexpr std::size_t kTablesOfCall = 6;

std::string rows_text(const std::vector<core::TableCount>& rows) {
  std::string out;
  std::size_t shown = 0, all = 0;
  for (const core::TableCount& count : rows) {
    if (count.inserted == 0 && count.deleted == 0 && count.rejected == 0) continue;
    if (++all > kTablesOfCall) continue;
    out += (shown++ == 0 ? "" : ", ") + html_cut(count.table, 40);
    if (count.inserted > 0) out += " +" + base::human_count(count.inserted);
    if (count.deleted > 0) out += " −" + base::human_count(count.deleted);
    if (count.rejected > 0) out += fmt::format(" ({} rejected)", count.rejected);
  }
  if (all > shown) out += ", " + html_counted(all - shown, "more table");
  return out.empty() ? "none" : out;
}

std::string size_text(const core::CallReport& call) {
  std::string out = base::human_bytes(call.response_bytes);
  if (call.file_bytes) out += fmt::format(", file {}", base::human_bytes(*call.file_bytes));
  return out;
}

std::string call_row(std::size_t sync_index, const core::CallReport& call, std::string_view before,
                     const core::Report& report, const HtmlAnchors& anchors) {
  std::string rows = rows_text(call.rows), state;
  if (call.accepted) {
    if (call.setup_test) rows = "passed";
    if (!call.setup_test) state = html_text(state_change(before, call.state_after, 160));
  } else {
    rows = call.error.empty() ? "rejected" : "failed";
    state = html_cut(call.error, 600);
  }
  for (const std::size_t f : anchors.findings_of(sync_index, call.call))
    state += fmt::format(" <a href=\"#{}\">{}</a>", HtmlAnchors::finding(f),
                         html_text(report.findings[f].rule));
  return fmt::format(
      "<tr id=\"{}\"{}><th scope=\"row\" class=\"number\">{}</th><td>{}</td><td class=\"wide\">{}"
      "</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"state\">{}</td>"
      "</tr>\n",
      HtmlAnchors::call(sync_index, call.call), call.accepted ? "" : " class=\"bad\"", call.call,
      call.accepted ? (call.has_more ? "yes" : "no") : "–", rows, size_text(call),
      html_time(call.duration), state);
}

std::string group_open(const std::string& label, bool open) {
  return fmt::format(
      "<details class=\"group\"{}><summary>{}</summary>{}<table class=\"calls\"><thead><tr><th "
      "scope=\"col\" "
      "class=\"number\">call</th><th scope=\"col\">more</th><th scope=\"col\">rows</th><th "
      "scope=\"col\" class=\"number\">response</th><th scope=\"col\" class=\"number\">time</th><th "
      "scope=\"col\">state and findings</th></tr></thead><tbody>\n",
      open ? " open" : "", label, html_scroll(label));
}

std::string group_label(const std::vector<core::CallReport>& calls, std::size_t begin,
                        std::size_t end) {
  const auto bad = std::count_if(calls.begin() + static_cast<std::ptrdiff_t>(begin),
                                 calls.begin() + static_cast<std::ptrdiff_t>(end),
                                 [](const core::CallReport& call) { return !call.accepted; });
  return (end - begin == 1
              ? fmt::format("Call {}", calls[begin].call)
              : fmt::format("Calls {} to {}", calls[begin].call, calls[end - 1].call)) +
         (bad > 0 ? fmt::format(", {} not loaded", bad) : "");
}

std::string call_groups(std::size_t index, const core::Report& report, const HtmlAnchors& anchors) {
  const core::SyncReport& sync = report.syncs[index];
  const std::vector<core::CallReport>& calls = sync.calls;
  const std::size_t size = calls.size() > kManyCalls ? kLargeGroup : kGroup;
  std::string out;
  for (std::size_t begin = 0; begin < calls.size(); begin += size) {
    const std::size_t end = std::min(begin + size, calls.size());
    std::string rows;
    for (std::size_t i = begin; i < end; ++i)
      if (HtmlAnchors::shown(sync, i))
        rows += call_row(index, calls[i], calls[i].state_before, report, anchors);
    if (rows.empty()) continue;
    out += group_open(group_label(calls, begin, end), calls.size() <= kGroup) + rows +
           "</tbody></table></div></details>\n";
  }
  const std::size_t most = HtmlAnchors::kFirst + HtmlAnchors::kLast;
  if (sync.call_count > calls.size() || calls.size() > most)
    out += fmt::format(
        "<p class=\"soft\">{} in all; those in the middle are not listed here: "
        "<code>--report json</code> has {}.</p>\n",
        html_counted(sync.call_count, "call"),
        sync.call_count > calls.size()
            ? fmt::format("the first {}", base::human_count(calls.size()))
            : "them");
  return out;
}

std::string summary_text(const core::SyncReport& sync) {
  std::uint64_t rows = 0;
  for (const core::TableCount& count : sync.totals) rows += count.inserted + count.deleted;
  std::string out = fmt::format("{} in {}, {} ({} in the connector)", html_counted(rows, "row"),
                                html_counted(sync.call_count, "call"), html_time(sync.duration),
                                html_time(sync.connector_time));
  if (!sync.stopped_by.empty()) out += "; stopped by: " + html_text(sync.stopped_by);
  if (!sync.sync_id.empty()) out += "; sync_id " + html_code(sync.sync_id, 60);
  return out;
}

std::string state_text(std::string_view title, std::string_view state) {
  return fmt::format("<details><summary>{}: {}</summary><pre>{}</pre></details>\n", title,
                     html_code(state, 90), html_cut(state, 20'000));
}

std::string title_of(const core::SyncReport& sync) {
  if (sync.kind == "setup test") return "Setup test";
  if (sync.sync == 0) return html_text(sync.kind.empty() ? "Calls" : sync.kind);
  return fmt::format("Sync {}, {}", sync.sync, html_text(sync.kind));
}

std::string sync_card(std::size_t index, const core::Report& report, const HtmlAnchors& anchors) {
  const core::SyncReport& sync = report.syncs[index];
  const bool setup_test = sync.kind == "setup test";
  const std::string_view look = sync.outcome == core::Outcome::succeeded ? "ok"
                                : sync.outcome == core::Outcome::failed  ? "error"
                                                                         : "warning";
  std::string out = fmt::format(
      "<article class=\"card\" id=\"{}\"><h3>{}</h3> <span class=\"label {}\">{}</span>\n",
      HtmlAnchors::sync(index), title_of(sync), look, core::name(sync.outcome));
  out += "<p>" + summary_text(sync) + "</p>\n";
  if (!setup_test) out += html_timeline(sync, report.response_limit);
  if (!setup_test && !sync.calls.empty()) {
    out += state_text("State at the beginning", sync.calls.front().state_before);
    out += state_text("State at the end", sync.state);
  }
  if (sync.calls.size() > kGroup)
    out += fmt::format(
        "<form class=\"goto\" data-sync=\"{}\" hidden><p><label>Go to call <input "
        "name=\"call\" type=\"number\" min=\"1\" required></label> "
        "<button>Go</button></p></form>\n",
        HtmlAnchors::sync(index));
  return out + call_groups(index, report, anchors) + "</article>\n";
}

}  // namespace

std::string html_syncs(const core::Report& report, const HtmlAnchors& anchors) {
  if (report.syncs.empty()) return "";
  std::string out =
      "<section id=\"syncs\" aria-labelledby=\"syncs-title\"><h2 id=\"syncs-title\">"
      "What was called</h2>\n";
  for (std::size_t i = 0; i < report.syncs.size(); ++i) out += sync_card(i, report, anchors);
  return out + "</section>\n";
}

}  // namespace reporters
