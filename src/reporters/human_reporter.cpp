// SPDX-License-Identifier: Apache-2.0
#include "reporters/human_reporter.hpp"

#include "base/text.hpp"
#include "reporters/finding_text.hpp"
#include "reporters/pardon_text.hpp"
#include "reporters/state_change.hpp"
#include "reporters/text_table.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

namespace reporters {
namespace {

using base::elide_middle;
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
  if (sync.stopped_by == "error") return "it could not go on";
  return "limit --" + sync.stopped_by + " reached";
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t used = base::display_width(text);
  if (used < width) text.append(width - used, ' ');
  return text;
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
  out_ << options_.style.bold(fmt::format("sync {}", event.sync)) << "  " << event.kind << "  "
       << options_.style.dim(
              fmt::format("sync_id {}  state {}", event.sync_id, elide_middle(event.state, 60)))
       << "\n  call  more   "
       << "rows                              bytes     time   state\n";
}

void HumanReporter::operator()(const core::CallFinished& event) {
  const core::CallReport& call = event.call;
  const std::size_t state_width = options_.style.width > 80 ? options_.style.width - 67 : 30;
  std::string more = call.has_more ? "true" : "false", rows = rows_text(call.rows), state;
  if (call.accepted) {
    state = call.setup_test ? "" : state_change(call.state_before, call.state_after, state_width);
    if (call.setup_test) rows = "passed";
  } else {
    more = "-";
    rows = call.error.empty() ? "rejected" : "failed";
    state = elide_middle(call.error, state_width);
  }
  std::string line = fmt::format(
      "  {:>4}  {:<5}  {}{:>10}  {:>7}   ", call.call, more, padded(elide_middle(rows, 28), 29),
      base::human_bytes(call.response_bytes), base::human_duration(call.duration));
  out_ << line << (call.accepted ? state : options_.style.red(state.empty() ? rows : state)) << '\n'
       << std::flush;
}

void HumanReporter::operator()(const core::SyncFinished& event) {
  const core::SyncReport& sync = event.sync;
  if (sync.kind == "setup test") return;
  std::uint64_t rows = 0;
  for (const core::TableCount& count : sync.totals) rows += count.inserted + count.deleted;
  const std::string outcome = fmt::format("sync {} {}", sync.sync, core::name(sync.outcome));
  const Style& style = options_.style;
  out_ << (sync.outcome == Outcome::succeeded ? style.green(outcome)
           : sync.outcome == Outcome::failed  ? style.red(outcome)
                                              : style.yellow(outcome));
  out_ << fmt::format(": {} row{} in {} call{}, {} ({} in the connector)", base::human_count(rows),
                      rows == 1 ? "" : "s", base::human_count(sync.call_count),
                      sync.call_count == 1 ? "" : "s", base::human_duration(sync.duration),
                      base::human_duration(sync.connector_time));
  if (!sync.stopped_by.empty()) out_ << "; " << stop_text(sync);
  out_ << "\n\n";
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
    table.add({elide_middle(stored.name, 40), base::human_count(stored.rows),
               base::human_count(total.inserted), base::human_count(total.deleted),
               key.empty() ? "none: rows are appended" : elide_middle(key, 40),
               std::to_string(stored.columns.size()),
               stored.source == stored.name ? "" : elide_middle(stored.source, 30)});
  }
  out_ << table.text(2) << '\n';
}

void HumanReporter::print_widened(const core::Report& report) {
  constexpr std::size_t kMost = 20;
  TextTable table({"type widened", "from", "", "to", "first by", ""});
  std::size_t all = 0;
  for (const core::SyncReport& sync : report.syncs)
    for (const core::WidenedColumn& one : sync.widened)
      if (++all <= kMost)
        table.add({elide_middle(one.table + "." + one.column, 40),
                   std::string(core::name(one.from)), "→", std::string(core::name(one.to)),
                   fmt::format("sync {} call {}", sync.sync, one.call),
                   elide_middle(one.pointer, 60)});
  if (all == 0) return;
  out_ << table.text(2);
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
  print_findings(report);
  if (!report.tables.empty() && report.destination != "memory:")
    out_ << fmt::format("data: {}   look: fivetran-sim sql 'select * from \"{}\" limit 5'{}\n",
                        report.destination, report.tables.front().name,
                        options_.destination_option);
  out_ << std::flush;
}

}  // namespace reporters
