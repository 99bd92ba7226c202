// SPDX-License-Identifier: Apache-2.0
#include "reporters/chaos_cases.hpp"

#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace reporters {
namespace {

// A finding of chaos has the faults it tells of as places.
bool tells(const core::Finding& finding, const core::ChaosCell& cell,
           const core::ChaosMatrix& matrix) {
  if (!cell.differs() || finding.check != matrix.check) return false;
  const auto fault = std::ranges::find(matrix.faults, cell.fault, &core::ChaosFault::name);
  return fault != matrix.faults.end() && fault->rule == finding.rule &&
         std::ranges::find(finding.places, cell.fault) != finding.places.end();
}

}  // namespace

const core::Finding* finding_of(const core::ChaosCell& cell, const core::ChaosMatrix& matrix,
                                const core::Report& report) {
  for (const core::Finding& finding : report.findings)
    if (tells(finding, cell, matrix)) return &finding;
  return nullptr;
}

const core::Check* check_of(const core::ChaosMatrix& matrix, const core::Report& report) {
  const auto check = static_cast<std::size_t>(matrix.check);
  return check > 0 && check <= report.checks.size() ? &report.checks[check - 1] : nullptr;
}

const std::string& target_of(const core::ChaosMatrix& matrix, const core::Report& report) {
  const core::Check* check = check_of(matrix, report);
  return check != nullptr ? check->target : report.target;
}

std::vector<const core::ChaosCell*> cells_of(const core::Finding& finding,
                                             const core::Report& report) {
  std::vector<const core::ChaosCell*> cells;
  for (const core::ChaosMatrix& matrix : report.chaos)
    for (const core::ChaosCell& cell : matrix.cells)
      if (tells(finding, cell, matrix)) cells.push_back(&cell);
  return cells;
}

std::string signs_of(const core::ChaosFault& fault, const core::ChaosMatrix& matrix) {
  std::string signs;
  for (const core::ChaosCell& cell : matrix.cells)
    if (cell.fault == fault.name) signs += core::sign(cell.verdict);
  return signs;
}

std::string cell_message(const core::ChaosCell& cell) {
  if (cell.rows.empty()) return core::effect_of(cell);
  return fmt::format("{}: {}", core::effect_of(cell), fmt::join(cell.rows, "; "));
}

std::string disturbances_of(const core::Finding& finding, const core::Report& report) {
  const std::vector<const core::ChaosCell*> cells = cells_of(finding, report);
  std::string text;
  for (const std::string& fault : finding.places) {
    std::string pages;
    bool any = false;
    for (const core::ChaosCell* cell : cells) {
      if (cell->fault != fault) continue;
      any = true;
      if (cell->page > 0)
        pages += fmt::format("{}{}", pages.empty() ? " at page " : ", ", cell->page);
    }
    if (any) text.append(text.empty() ? "" : "; ").append(fault).append(pages);
  }
  return text;
}

std::string_view meaning_of(core::ChaosVerdict verdict) {
  using enum core::ChaosVerdict;
  switch (verdict) {
    case same: return "the same tables";
    case extra: return "extra rows";
    case changed: return "changed rows";
    case lost: return "lost rows";
    case endless: return "does not end";
    case not_done: return "not done";
  }
  return "";
}

std::vector<core::ChaosVerdict> verdicts_in(const core::ChaosMatrix& matrix) {
  using enum core::ChaosVerdict;
  std::vector<core::ChaosVerdict> found;
  for (const core::ChaosVerdict verdict : {same, extra, lost, changed, endless, not_done})
    if (std::ranges::find(matrix.cells, verdict, &core::ChaosCell::verdict) != matrix.cells.end())
      found.push_back(verdict);
  return found;
}

std::vector<std::string> chaos_notes(const core::ChaosMatrix& matrix) {
  const auto different = std::ranges::count_if(matrix.cells, &core::ChaosCell::differs);
  std::vector<std::string> notes = {fmt::format(
      "{} disturbed syncs, {} calls, {}{}", matrix.cells.size(), base::human_count(matrix.calls),
      different == 0 ? "all with the tables of an undisturbed one"
                     : fmt::format("{} with other tables", different),
      matrix.resumed > 0
          ? fmt::format("; {} of them by an earlier run that was ended", matrix.resumed)
          : "")};
  for (const std::string& column : matrix.volatile_columns)
    notes.push_back(
        fmt::format("not compared: {}, which differs between undisturbed syncs too", column));
  for (const std::string& table : matrix.unjudged)
    notes.push_back(fmt::format("not compared: {}", table));
  if (!matrix.complete)
    notes.emplace_back("not all was tried: the same command again goes on where this one ended");
  return notes;
}

}  // namespace reporters
