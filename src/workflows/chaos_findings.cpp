// SPDX-License-Identifier: Apache-2.0
#include "workflows/chaos_findings.hpp"

#include "base/text.hpp"
#include "workflows/chaos_faults.hpp"
#include "workflows/made_finding.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace workflows {
namespace {

using core::ChaosCell;
using core::ChaosVerdict;

constexpr std::size_t kLines = 8;

const Fault& fault_of(const ChaosCell& cell) {
  return *std::ranges::find(all_faults(), cell.fault, &Fault::name);
}

// Rows that were sent again stand twice in a table without a key: SCH-01 tells that already.
bool is_append_only(const ChaosCell& cell, const std::set<std::string>& keyless) {
  const FaultKind kind = fault_of(cell).kind;
  return (kind == FaultKind::rewind || kind == FaultKind::resync) &&
         cell.verdict == ChaosVerdict::extra &&
         std::ranges::all_of(cell.rows, [&](const std::string& row) {
           return keyless.contains(row.substr(0, row.find(' ')));
         });
}

// Distinct values in their order.
template <class Value>
void add_once(std::vector<Value>& values, const Value& value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

std::string message_of(const std::vector<const ChaosCell*>& cells) {
  const ChaosCell& first = *cells.front();
  const std::string_view about = fault_of(first).about;
  std::string text =
      fmt::format("{} ({}): {}", core::place_of(first), about, core::effect_of(first));
  if (cells.size() > 1) text += fmt::format("; {} disturbed syncs differ in all", cells.size());
  return text;
}

std::string table_of(const std::vector<const ChaosCell*>& cells) {
  std::set<std::string> tables;
  for (const ChaosCell* cell : cells)
    for (const std::string& row : cell->rows) tables.insert(row.substr(0, row.find(' ')));
  return tables.size() == 1 ? *tables.begin() : "";
}

core::Finding complete(core::Finding finding, const std::vector<const ChaosCell*>& cells,
                       const std::string& reproduce) {
  std::vector<std::string> faults;
  std::vector<int> pages;
  for (const ChaosCell* cell : cells) {
    add_once(faults, cell->fault);
    if (cell->page > 0) add_once(pages, cell->page);
  }
  finding.message = message_of(cells);
  finding.table = table_of(cells);
  finding.sync = 1;
  finding.call = cells.front()->page;
  finding.count = cells.size();
  finding.places = faults;
  finding.about = faults.front();
  for (const ChaosCell* cell : cells) {
    if (finding.evidence.size() >= kLines) break;
    const std::string rows = fmt::format("{}", fmt::join(cell->rows, "; "));
    finding.evidence.push_back(fmt::format("{}: {}{}", core::place_of(*cell),
                                           core::effect_of(*cell),
                                           rows.empty() ? "" : ": " + rows));
  }
  if (!reproduce.empty())
    finding.reproduce =
        fmt::format("{} --faults {}{}", reproduce, fmt::join(faults, ","),
                    pages.empty() ? "" : fmt::format(" --pages {}", fmt::join(pages, ",")));
  return finding;
}

}  // namespace

std::vector<core::Finding> chaos_findings(const core::ChaosMatrix& matrix,
                                          const std::set<std::string>& keyless,
                                          const std::string& reproduce,
                                          const rules::Options& options) {
  std::map<std::string_view, std::vector<const ChaosCell*>> broken, appended;
  for (const ChaosCell& cell : matrix.cells)
    if (cell.differs())
      (is_append_only(cell, keyless) ? appended : broken)[fault_of(cell).rule].push_back(&cell);
  std::vector<core::Finding> findings;
  for (const auto& [rule, cells] : broken)
    if (auto finding = finding_of(rule, options))
      findings.push_back(complete(std::move(*finding), cells, reproduce));
  for (const auto& [rule, cells] : appended) {
    auto finding = finding_of(rule, options);
    if (!finding || broken.contains(rule)) continue;
    finding->severity = core::Severity::info;
    finding->fix = "declare a primary key, so that a row that comes again replaces itself";
    findings.push_back(complete(std::move(*finding), cells, reproduce));
    findings.back().message += ": the table has no primary key, so what is sent again is appended";
  }
  return findings;
}

std::vector<core::Finding> drained_findings(const std::vector<Noise::Drained>& drained,
                                            const rules::Options& options) {
  std::vector<core::Finding> findings;
  for (const Noise::Drained& table : drained) {
    auto finding = finding_of("RES-01", options);
    if (!finding) break;
    finding->table = table.table;
    finding->about = "second sync";
    finding->message = fmt::format(
        "the source gives its rows once: a second sync from {{}} got {} of the {} rows of `{}`, so "
        "what is in a lost response is lost",
        base::human_count(table.after), base::human_count(table.before), table.table);
    findings.push_back(std::move(*finding));
  }
  return findings;
}

}  // namespace workflows
