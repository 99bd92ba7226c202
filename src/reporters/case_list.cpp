// SPDX-License-Identifier: Apache-2.0
#include "reporters/case_list.hpp"

#include "reporters/chaos_cases.hpp"
#include "reporters/plain_text.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace reporters {
namespace {

using core::CheckOutcome;
using core::Outcome;

// A check of a suite, or what stands in for one, with the findings of it.
struct Unit {
  core::Check check;
  bool stopped = false;    // by a limit of the user
  bool disturbed = false;  // cells of a matrix that count stand for it
  std::vector<const core::Finding*> findings;
};

std::string name_of(const core::SyncReport& sync, int setup_tests) {
  if (sync.kind == "setup test")
    return setup_tests == 1 ? "setup test" : fmt::format("setup test {}", setup_tests);
  return fmt::format("sync {} ({})", sync.sync, sync.kind);
}

std::vector<Unit> units_of_syncs(const core::Report& report) {
  std::vector<Unit> units;
  int setup_tests = 0;
  for (const core::SyncReport& sync : report.syncs) {
    if (sync.kind == "setup test") ++setup_tests;
    Unit unit;
    unit.check.target = report.target;
    unit.check.name = name_of(sync, setup_tests);
    unit.check.duration = sync.duration;
    unit.check.source = report.source;
    unit.stopped = sync.outcome == Outcome::stopped;
    if (sync.outcome != Outcome::succeeded) {
      unit.check.outcome = CheckOutcome::failed;
      unit.check.detail = unit.stopped ? "stopped: " + sync.stopped_by
                                       : fmt::format("did not succeed: {}", sync.stopped_by);
    }
    units.push_back(std::move(unit));
  }
  return units;
}

// Index of the unit that a finding belongs to; their number when it belongs to none.
std::size_t unit_of(const core::Finding& finding, const core::Report& report) {
  if (!report.checks.empty())
    return finding.check > 0 ? static_cast<std::size_t>(finding.check) - 1 : report.checks.size();
  for (std::size_t i = 0; i < report.syncs.size(); ++i) {
    const core::SyncReport& sync = report.syncs[i];
    const bool setup_test = sync.kind == "setup test";
    if (setup_test ? finding.sync == 0 && finding.call > 0 : finding.sync == sync.sync) return i;
  }
  return report.syncs.size();
}

class List {
 public:
  explicit List(const core::Report& report) : report_(report) {}

  std::vector<Case> make() {
    std::vector<Unit> units = units_of_syncs(report_);
    if (!report_.checks.empty()) {
      units.clear();
      for (const core::Check& check : report_.checks) units.push_back({check, false, false, {}});
    }
    Unit rest;  // findings about the run as a whole
    for (const core::Finding& finding : report_.findings) {
      const std::size_t at = unit_of(finding, report_);
      if (cells_of(finding, report_).empty())
        (at < units.size() ? units[at] : rest).findings.push_back(&finding);
      else if (finding.check > 0 && at < units.size() && counts(finding))
        units[at].disturbed = true;
    }
    for (const Unit& unit : units) add(unit);
    for (const core::ChaosMatrix& matrix : report_.chaos)
      for (const core::ChaosCell& cell : matrix.cells) add_cell(cell, matrix);
    for (const core::Finding* finding : rest.findings) add_finding(*finding, "");
    add_end();
    return std::move(cases_);
  }

 private:
  bool counts(const core::Finding& finding) const { return core::counts(finding, report_.fail_on); }

  Case& push(const std::string& target, std::string name) {
    const int before = names_[{target, name}]++;
    if (before > 0) name += fmt::format(" #{}", before + 1);
    Case one;
    one.target = target;
    one.name = std::move(name);
    one.source = report_.source;
    return cases_.emplace_back(std::move(one));
  }

  void add(const Unit& unit) {
    const bool replaced =
        unit.disturbed || std::ranges::any_of(unit.findings, [this](const core::Finding* finding) {
          return counts(*finding);
        });
    if (!replaced) {
      Case& one = push(unit.check.target, unit.check.name);
      one.duration = unit.check.duration;
      one.source = unit.check.source;
      one.message = unit.check.detail;
      if (unit.check.outcome == CheckOutcome::failed) one.state = CaseState::broken;
      if (unit.check.outcome == CheckOutcome::skipped) one.state = CaseState::skipped;
    }
    for (const core::Finding* finding : unit.findings)
      add_finding(*finding, unit.check.name + ": ");
  }

  void add_finding(const core::Finding& finding, const std::string& before) {
    std::string name = before + title_of(finding);
    if (!finding.subject.empty()) name += fmt::format(" ({})", finding.subject);
    Case& one = push(target_of(finding, report_), std::move(name));
    tell(one, finding, finding.message);
  }

  void tell(Case& one, const core::Finding& finding, const std::string& message) {
    one.finding = &finding;
    one.source = source_of(finding, report_);
    one.state = counts(finding) ? CaseState::failed : CaseState::noted;
    one.message = counts(finding) ? message
                                  : fmt::format("{} ({}): {}", pardon_of(finding),
                                                core::name(finding.severity), message);
  }

  void add_cell(const core::ChaosCell& cell, const core::ChaosMatrix& matrix) {
    Case& one = push(target_of(matrix, report_), "chaos: " + core::place_of(cell));
    if (const core::Check* check = check_of(matrix, report_)) one.source = check->source;
    one.cell = &cell;
    if (cell.verdict == core::ChaosVerdict::same) return;
    if (const core::Finding* finding = finding_of(cell, matrix, report_)) {
      tell(one, *finding, cell_message(cell));
      return;
    }
    one.state = CaseState::skipped;
    one.message = cell.differs()        ? cell_message(cell) + " (its rule is not judged)"
                  : cell.detail.empty() ? "not done"
                                        : cell.detail;
  }

  void add_broken(const std::string& name, const std::string& message) {
    Case& one = push(report_.target, name);
    one.state = CaseState::broken;
    one.message = message;
  }

  // What the exit code tells beyond the cases.
  void add_end() {
    const bool ok = report_.exit_code == core::ExitCode::ok;
    if (!report_.error.empty()) add_broken("the run", report_.error);
    if (report_.exit_code == core::ExitCode::nothing_tested)
      add_broken("nothing was tested", "no call was made");
    const bool told = std::ranges::any_of(cases_, [](const Case& one) {
      return one.state == CaseState::failed || one.state == CaseState::broken;
    });
    if (!ok && !told)
      add_broken("the run", fmt::format("exit code {}", static_cast<int>(report_.exit_code)));
  }

  const core::Report& report_;
  std::vector<Case> cases_;
  std::map<std::pair<std::string, std::string>, int> names_;
};

}  // namespace

std::vector<Case> cases_of(const core::Report& report) {
  return List(report).make();
}

std::string body_of(const Case& one) {
  if (one.cell == nullptr) return finding_body(*one.finding);
  core::Finding finding = *one.finding;
  finding.message = fmt::format("{}: {}", core::place_of(*one.cell), core::effect_of(*one.cell));
  finding.evidence = one.cell->rows;
  finding.count = 1;
  finding.call = one.cell->page;
  return finding_body(finding);
}

const core::Source& source_of(const core::Finding& finding, const core::Report& report) {
  const auto at = static_cast<std::size_t>(finding.check);
  if (at == 0 || at > report.checks.size() || report.checks[at - 1].source.file.empty())
    return report.source;
  return report.checks[at - 1].source;
}

const std::string& target_of(const core::Finding& finding, const core::Report& report) {
  const auto at = static_cast<std::size_t>(finding.check);
  return at == 0 || at > report.checks.size() ? report.target : report.checks[at - 1].target;
}

std::string title_of(const core::Finding& finding) {
  std::string title = finding.rule + " " + finding.slug;
  if (!finding.table.empty()) title += " in " + finding.table;
  return title;
}

std::string pardon_of(const core::Finding& finding) {
  const std::string reason = finding.pardon_reason.empty() ? "" : ": " + finding.pardon_reason;
  if (finding.pardon == core::Pardon::waived) return "waived" + reason;
  if (finding.pardon == core::Pardon::known) return "known to the baseline" + reason;
  return "below --fail-on";
}

}  // namespace reporters
