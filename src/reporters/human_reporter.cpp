// SPDX-License-Identifier: Apache-2.0
#include "reporters/human_reporter.hpp"

#include "base/text.hpp"
#include "reporters/cells.hpp"
#include "reporters/chaos_cases.hpp"
#include "reporters/chaos_text.hpp"
#include "reporters/checks_text.hpp"
#include "reporters/finding_text.hpp"
#include "reporters/forecast_text.hpp"
#include "reporters/pardon_text.hpp"
#include "reporters/state_change.hpp"
#include "reporters/text_table.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

namespace reporters {
namespace {

using core::Outcome;

// "orders +40, order +80 -3"
std::string rows_text(const std::vector<core::TableCount>& rows) {
  std::string text;
  for (const core::TableCount& count : rows) {
    if (count.inserted == 0 && count.deleted == 0 && count.rejected == 0) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", count.table);
    if (count.inserted > 0) text += fmt::format(" +{}", count.inserted);
    if (count.deleted > 0) text += fmt::format(" -{}", count.deleted);
    if (count.rejected > 0) text += fmt::format(" !{}", count.rejected);
  }
  return text.empty() ? "none" : text;
}

std::string stop_text(const core::SyncReport& sync) {
  if (sync.stopped_by == "six hours") return "its six hours are over, the next sync goes on";
  if (sync.stopped_by == "interrupted") return "interrupted, everything loaded so far is kept";
  if (sync.stopped_by == "endless") return "endless as far as can be seen, see STA-04";
  if (sync.stopped_by == "failed call") return "the last call failed, its page was not loaded";
  if (sync.stopped_by == "suite") return "as far as the suite goes";
  if (sync.stopped_by == "error") return "it could not go on";
  return "limit --" + sync.stopped_by + " reached";
}

// What shows a table, ready to be pasted into a shell whatever the connector called it; a name that
// a terminal would act on is not repeated.
std::string look_words(const std::string& table) {
  if (base::visible(table) != table) return "tables";
  std::string name;
  for (const char c : table) name.append(c == '"' ? 2 : 1, c);
  return "sql " + base::shell_quoted("select * from \"" + name + "\" limit 5");
}

}  // namespace

HumanReporter::HumanReporter(std::ostream& out, HumanOptions options)
    : out_(out), options_(std::move(options)) {}

void HumanReporter::on_event(const core::Event& event) {
  std::visit(*this, event);
}

void HumanReporter::operator()(const core::RunStarted& event) {
  out_ << options_.style.bold(event.target) << options_.style.dim("  →  ") << event.destination
       << options_.style.dim(fmt::format("  ({})", event.platform)) << '\n';
}

void HumanReporter::operator()(const core::SyncStarted& event) {
  if (event.kind == "setup test") {
    out_ << options_.style.bold(event.state.empty() ? "setup test without state" : "setup test")
         << '\n';
    return;
  }
  const std::string head = fmt::format("sync {}", event.sync);
  const std::string ids = fmt::format("sync_id {}  state ", event.sync_id);
  const std::size_t used = head.size() + 2 + event.kind.size() + 2 + ids.size();
  const Style& style = options_.style;
  const bool one_line = used + 20 <= style.width;
  const std::size_t left =
      style.width - std::min(style.width - 10, one_line ? used : ids.size() + 2);
  out_ << style.bold(head) << "  " << event.kind << (one_line ? "  " : "\n  ")
       << style.dim(ids + cell_text(event.state, std::min<std::size_t>(left, 60)))
       << "\n  call  more   " << padded("rows", rows_width() - 1) << "      bytes     time"
       << (state_width() > 0 ? "   state" : "") << "\n";
}

// Of the table of calls: rows give way first, then the state.
std::size_t HumanReporter::rows_width() const {
  return options_.style.width >= 100 ? 29 : std::max<std::size_t>(options_.style.width / 4, 15);
}

std::size_t HumanReporter::state_width() const {
  const std::size_t used = 37 + rows_width(), width = options_.style.width;
  return width >= used + 12 ? width - used : 0;
}

void HumanReporter::operator()(const core::CallFinished& event) {
  const core::CallReport& call = event.call;
  const std::size_t room = state_width();
  std::string more = call.has_more ? "true" : "false", rows = rows_text(call.rows), state;
  if (call.accepted) {
    if (!call.setup_test && room > 0)
      state = state_change(call.state_before, call.state_after, room);
    if (call.setup_test) rows = "passed";
  } else {
    more = "-";
    rows = call.error.empty() ? "rejected" : "failed";
    state = cell_text(call.error, room > 0 ? room : options_.style.width - 8);
    if (room == 0 && !state.empty()) state.insert(0, "\n        ");
  }
  const std::string line =
      fmt::format("  {:>4}  {:<5}  {}{:>10}  {:>7}", call.call, more,
                  padded(cell_text(rows, rows_width() - 1), rows_width()),
                  base::human_bytes(call.response_bytes), base::human_duration(call.duration));
  if (call.accepted) {
    out_ << trimmed(line + "   " + state) << '\n' << std::flush;
  } else {
    out_ << line << (room > 0 || state.empty() ? "   " : "")
         << options_.style.red(state.empty() ? rows : state) << '\n'
         << std::flush;
  }
}

void HumanReporter::operator()(const core::SyncFinished& event) {
  const core::SyncReport& sync = event.sync;
  if (sync.kind == "setup test") return;
  std::uint64_t rows = 0;
  for (const core::TableCount& count : sync.totals) rows += count.inserted + count.deleted;
  const std::string outcome = fmt::format("sync {} {}", sync.sync, core::name(sync.outcome));
  std::string text = fmt::format(
      "{}: {} row{} in {} call{}, {} ({} in the connector)", outcome, base::human_count(rows),
      rows == 1 ? "" : "s", base::human_count(sync.call_count), sync.call_count == 1 ? "" : "s",
      base::human_duration(sync.duration), base::human_duration(sync.connector_time));
  if (!sync.stopped_by.empty()) text += "; " + stop_text(sync);
  const Style& style = options_.style;
  out_ << (sync.outcome == Outcome::succeeded ? style.green(outcome)
           : sync.outcome == Outcome::failed  ? style.red(outcome)
                                              : style.yellow(outcome))
       << wrapped(text, 0, style.width).substr(outcome.size()) << '\n';
}

void HumanReporter::print_tables(const core::Report& report) {
  if (report.tables.empty()) return;
  TextTable table({"table", ">rows", ">inserted", ">deleted", "key", ">columns", "source"});
  for (const core::Table& stored : report.tables) {
    core::TableCount total;
    for (const core::SyncReport& sync : report.syncs)
      for (const core::TableCount& count : sync.totals)
        if (count.table == stored.name) {
          total.inserted += count.inserted;
          total.deleted += count.deleted;
        }
    std::string key;
    for (const std::string& column : stored.primary_key) key += (key.empty() ? "" : ", ") + column;
    table.add({cell_text(stored.name, 40), base::human_count(stored.rows),
               base::human_count(total.inserted), base::human_count(total.deleted),
               key.empty() ? "none: rows are appended" : cell_text(key, 40),
               std::to_string(stored.columns.size()),
               stored.source == stored.name ? "" : cell_text(stored.source, 30)});
  }
  out_ << table.text(2, options_.style.width) << '\n';
}

void HumanReporter::print_widened(const core::Report& report) {
  constexpr std::size_t kMost = 20;
  TextTable table({"type widened", "from", "", "to", "first by", ""});
  std::size_t all = 0;
  for (const core::SyncReport& sync : report.syncs)
    for (const core::WidenedColumn& one : sync.widened)
      if (++all <= kMost)
        table.add({cell_text(one.table + "." + one.column, 40), std::string(core::name(one.from)),
                   "→", std::string(core::name(one.to)),
                   fmt::format("sync {} call {}", sync.sync, one.call),
                   cell_text(one.pointer, 60)});
  if (all == 0) return;
  out_ << table.text(2, options_.style.width);
  if (all > kMost) out_ << fmt::format("  … {} more in --report json\n", all - kMost);
  out_ << '\n';
}

void HumanReporter::print_findings(const core::Report& report) {
  std::vector<const core::Finding*> shown;
  for (const core::Finding& finding : report.findings)
    if (finding.pardon == core::Pardon::none &&
        (options_.show_info || finding.severity > core::Severity::info))
      shown.push_back(&finding);
  std::ranges::stable_sort(shown,
                           [](const auto* a, const auto* b) { return a->severity > b->severity; });
  for (const core::Finding* finding : shown) out_ << finding_text(*finding, options_.style) << '\n';
  const std::string pardons = pardons_text(report, options_.style, options_.show_info);
  if (!pardons.empty()) out_ << pardons << '\n';
  out_ << findings_summary(report.findings);
  const bool notes = std::ranges::any_of(report.findings, [](const core::Finding& finding) {
    return finding.pardon == core::Pardon::none && finding.severity == core::Severity::info;
  });
  if (notes && !options_.show_info) out_ << options_.style.dim("  (-v shows the notes)");
  out_ << '\n';
}

void HumanReporter::operator()(const core::RunFinished& event) {
  const core::Report& report = *event.report;
  print_tables(report);
  print_widened(report);
  if (report.forecast) out_ << forecast_text(*report.forecast, options_.style) << '\n';
  for (const core::ChaosMatrix& matrix : report.chaos) {
    if (report.chaos.size() > 1)
      out_ << options_.style.bold(base::visible(target_of(matrix, report))) << '\n';
    out_ << chaos_text(matrix, options_.style) << '\n';
  }
  if (!report.checks.empty()) out_ << checks_text(report.checks, options_.style) << '\n';
  if (report.determinism) out_ << determinism_text(*report.determinism, options_.style);
  if (!report.probes.empty()) out_ << probes_text(report.probes, options_.style);
  if (report.determinism || !report.probes.empty()) out_ << '\n';
  print_findings(report);
  if (!report.tables.empty() && report.destination != "memory:")
    out_ << fmt::format("data: {}   look: fivetran-sim {}{}\n", report.destination,
                        look_words(report.tables.front().name), options_.destination_option);
  out_ << std::flush;
}

}  // namespace reporters
