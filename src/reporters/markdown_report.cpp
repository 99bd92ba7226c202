// SPDX-License-Identifier: Apache-2.0
#include "reporters/markdown_report.hpp"

#include "base/text.hpp"
#include "protocol/json_text.hpp"
#include "reporters/case_list.hpp"
#include "reporters/chaos_cases.hpp"
#include "reporters/finding_text.hpp"
#include "reporters/forecast_text.hpp"
#include "reporters/markdown_chaos.hpp"
#include "reporters/markdown_text.hpp"
#include "reporters/plain_text.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <vector>

#include <fmt/format.h>

namespace reporters {
namespace {

constexpr std::size_t kRuns = 6;     // side by side
constexpr std::size_t kTables = 30;  // rows of the table of runs
constexpr std::size_t kChecks = 200;

std::string head(const core::Report& report) {
  std::string out = fmt::format("### fivetran-sim {}: {}\n\n", markdown_text(report.command),
                                findings_summary(report.findings));
  out += fmt::format("{} **{}**, exit code {}", markdown_code(report.target),
                     core::name(report.outcome), static_cast<int>(report.exit_code));
  if (report.strict) out += ", strict";
  out += "\n\n";
  if (!report.error.empty()) out += "**" + markdown_text(cut(report.error, 2000)) + "**\n\n";
  return out;
}

using Runs = std::vector<const core::SyncReport*>;

// "| label | … | … |"
void add_row(std::string& out, const Runs& runs, std::string_view label,
             const std::function<std::string(const core::SyncReport&)>& cell) {
  out += fmt::format("| {} |", label);
  for (const core::SyncReport* run : runs) out += " " + cell(*run) + " |";
  out += '\n';
}

std::uint64_t sum(const core::SyncReport& sync, std::uint64_t core::TableCount::*member) {
  std::uint64_t total = 0;
  for (const core::TableCount& count : sync.totals) total += count.*member;
  return total;
}

std::string counted(const core::SyncReport& sync, const std::string& table) {
  const auto count = std::ranges::find(sync.totals, table, &core::TableCount::table);
  if (count == sync.totals.end()) return "";
  std::string text = base::human_count(count->inserted);
  if (count->deleted > 0) text += " −" + base::human_count(count->deleted);
  if (count->rejected > 0) text += fmt::format(" ({} rejected)", count->rejected);
  return text;
}

void add_tables(std::string& out, const Runs& runs) {
  std::vector<std::string> names;
  for (const core::SyncReport* run : runs)
    for (const core::TableCount& count : run->totals)
      if (std::ranges::find(names, count.table) == names.end()) names.push_back(count.table);
  for (std::size_t i = 0; i < names.size() && i < kTables; ++i)
    add_row(out, runs, markdown_code(names[i], 60),
            [&](const core::SyncReport& run) { return counted(run, names[i]); });
  if (names.size() > kTables)
    add_row(out, runs, fmt::format("{} more tables", names.size() - kTables),
            [](const core::SyncReport&) { return std::string(); });
}

std::string checkpoints(const core::SyncReport& run) {
  return std::to_string(std::ranges::count(run.calls, true, &core::CallReport::accepted));
}

std::string runs_text(const core::Report& report) {
  Runs runs;
  for (const core::SyncReport& sync : report.syncs)
    if (sync.kind != "setup test") runs.push_back(&sync);
  if (runs.empty()) return "";
  const std::size_t all = runs.size();
  if (all > kRuns) runs.resize(kRuns);
  std::string out = "| |", line = "|---|";
  int number = 0;
  for (const core::SyncReport* run : runs) {
    out += fmt::format(" Run {}: {} |", ++number, markdown_cell(run->kind));
    line += "---:|";
  }
  out += "\n" + line + "\n";
  add_row(out, runs, "outcome", [](const core::SyncReport& run) {
    return run.stopped_by.empty() ? std::string(core::name(run.outcome))
                                  : fmt::format("{} ({})", core::name(run.outcome), run.stopped_by);
  });
  add_row(out, runs, "calls",
          [](const core::SyncReport& run) { return base::human_count(run.call_count); });
  add_row(out, runs, "upserts", [](const core::SyncReport& run) {
    return base::human_count(sum(run, &core::TableCount::inserted));
  });
  add_row(out, runs, "deletes", [](const core::SyncReport& run) {
    return base::human_count(sum(run, &core::TableCount::deleted));
  });
  add_row(out, runs, "checkpoints", checkpoints);
  add_tables(out, runs);
  add_row(out, runs, "time",
          [](const core::SyncReport& run) { return base::human_duration(run.duration); });
  add_row(out, runs, "state", [](const core::SyncReport& run) {
    return markdown_code(protocol::normal_form(run.state).value_or(run.state), 60);
  });
  if (all > kRuns) out += fmt::format("\n{} more runs\n", all - kRuns);
  return out + "\n";
}

std::string checks_text(const core::Report& report) {
  if (report.checks.empty()) return "";
  std::string out = "| check | target | result |\n|---|---|---|\n";
  for (std::size_t i = 0; i < report.checks.size() && i < kChecks; ++i) {
    const core::Check& check = report.checks[i];
    out += fmt::format("| {} | {} | {}", markdown_cell(check.name), markdown_code(check.target, 60),
                       core::name(check.outcome));
    if (!check.detail.empty()) out += ": " + markdown_cell(cut(one_line(check.detail), 300));
    out += " |\n";
  }
  if (report.checks.size() > kChecks)
    out += fmt::format("\n{} more checks\n", report.checks.size() - kChecks);
  return out + "\n";
}

std::string chaos_text(const core::Report& report) {
  std::string out;
  for (const core::ChaosMatrix& matrix : report.chaos) {
    out += "#### A fault at each page";
    if (report.chaos.size() > 1) out += ": " + markdown_code(target_of(matrix, report), 60);
    out += "\n\n" + markdown_chaos(matrix);
  }
  return out;
}

std::string forecast_text(const core::Report& report) {
  if (!report.forecast) return "";
  std::string out = "#### Forecast\n\n";
  for (const std::string& line : forecast_lines(*report.forecast))
    out += "* " + markdown_text(line) + "\n";
  return out + "\n";
}

std::string place_text(const core::Finding& finding) {
  std::string text;
  if (!finding.table.empty()) text += " in " + markdown_code(finding.table, 60);
  if (finding.sync == 0 && finding.call > 0) text += ", setup test";
  if (finding.sync > 0) text += fmt::format(", sync {}", finding.sync);
  if (finding.sync > 0 && finding.call > 0) text += fmt::format(" call {}", finding.call);
  if (!finding.pointer.empty()) text += ", " + markdown_code(finding.pointer, 80);
  if (finding.count > 1) text += fmt::format(", ×{}", base::human_count(finding.count));
  return text;
}

std::string finding_item(const core::Finding& finding) {
  const bool open = finding.pardon == core::Pardon::none;
  std::string out =
      fmt::format("- {} **{} {}**{}", core::name(finding.severity), markdown_text(finding.rule),
                  markdown_text(finding.slug), place_text(finding));
  if (!open) out += " (" + markdown_text(pardon_of(finding)) + ")";
  out += "\n\n  " + markdown_text(cut(finding.message, 2000)) + "\n";
  if (!open || finding.severity == core::Severity::info) return out + "\n";
  std::string evidence;
  for (const std::string& line : finding.evidence) evidence += base::elide_middle(line, 200) + "\n";
  if (!evidence.empty()) out += "\n" + markdown_block(evidence, 2);
  if (!finding.fix.empty()) out += "\n  fix: " + markdown_text(finding.fix) + "\n";
  if (!finding.reproduce.empty())
    out += "\n  see it again:\n\n" + markdown_block(finding.reproduce, 2);
  return out + "\n";
}

std::vector<const core::Finding*> by_weight(const core::Report& report) {
  std::vector<const core::Finding*> all;
  for (const core::Finding& finding : report.findings) all.push_back(&finding);
  std::ranges::stable_sort(all, [](const core::Finding* a, const core::Finding* b) {
    if (a->pardon != b->pardon) return a->pardon < b->pardon;
    return a->severity > b->severity;
  });
  return all;
}

}  // namespace

std::string markdown_within(const core::Report& report, std::size_t bytes) {
  constexpr std::size_t kLastLine = 100;
  std::string out = head(report);
  if (out.size() + kLastLine > bytes) return "";
  for (const std::string& part :
       {checks_text(report), chaos_text(report), forecast_text(report), runs_text(report)})
    if (out.size() + part.size() + kLastLine <= bytes) out += part;
  const std::vector<const core::Finding*> findings = by_weight(report);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const std::string item = finding_item(*findings[i]);
    if (out.size() + item.size() + kLastLine > bytes)
      return out + fmt::format("… and {} more findings\n", findings.size() - i);
    out += item;
  }
  return out;
}

std::string markdown_report(const core::Report& report) {
  return markdown_within(report, std::numeric_limits<std::size_t>::max());
}

}  // namespace reporters
