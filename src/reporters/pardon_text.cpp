// SPDX-License-Identifier: Apache-2.0
#include "reporters/pardon_text.hpp"

#include "base/text.hpp"
#include "reporters/cells.hpp"

#include <fmt/format.h>

namespace reporters {
namespace {

using core::Pardon;
using core::WaiverFate;

constexpr std::size_t kMostEntries = 10;

std::string finding_line(const core::Finding& finding, const Style& style) {
  const bool waived = finding.pardon == Pardon::waived;
  std::string line =
      fmt::format("{} {}  {}", finding.rule, finding.slug, base::elide_middle(finding.table, 40));
  if (finding.count > 1) line += fmt::format("  ×{}", base::human_count(finding.count));
  line += waived ? "  waived" : "  known";
  if (!finding.pardon_reason.empty()) line += ": " + base::visible(finding.pardon_reason);
  const std::string lines = wrapped(line, 4, style.width);
  return style.dim("  -" + lines.substr(3, lines.size() - 4)) + "\n";
}

// "  ! text", wrapped.
std::string told(const std::string& text, const Style& style) {
  const std::string lines = wrapped(text, 4, style.width);
  return "  " + style.yellow("!") + lines.substr(3);
}

std::string waiver_line(const core::WaiverUse& waiver, const Style& style) {
  std::string name = fmt::format("the waiver of {} {}", waiver.rule, waiver.slug);
  if (!waiver.table.empty()) name += fmt::format(" in `{}`", base::visible(waiver.table));
  if (!waiver.origin.empty()) name += fmt::format(" ({})", base::visible(waiver.origin));
  const std::string what =
      waiver.fate == WaiverFate::expired
          ? fmt::format("expired after {}: what it waived counts again", waiver.expires)
          : "matched nothing: it can go";
  return told(name + " " + what, style);
}

std::string entry_line(const core::KnownFinding& known) {
  return fmt::format("      {} {} {}\n", base::visible(known.rule), base::visible(known.table),
                     base::elide_middle(known.at, 60));
}

std::string entries_text(const std::vector<core::KnownFinding>& entries) {
  std::string text;
  for (std::size_t i = 0; i < entries.size() && i < kMostEntries; ++i)
    text += entry_line(entries[i]);
  if (entries.size() > kMostEntries)
    text += fmt::format("      … {} more\n", entries.size() - kMostEntries);
  return text;
}

std::string entries(std::size_t count) {
  return fmt::format("{} entr{}", count, count == 1 ? "y" : "ies");
}

std::string baseline_text(const core::BaselineUse& use, const Style& style) {
  const std::string file = base::visible(use.file);
  std::string text;
  if (use.written)
    text += told(fmt::format("the baseline {} was written: {} finding{} known from now on", file,
                             use.known, use.known == 1 ? " is" : "s are"),
                 style);
  if (!use.expired.empty())
    text += told(fmt::format("{} of the baseline {} expired: the findings count again",
                             entries(use.expired.size()), file),
                 style) +
            entries_text(use.expired);
  if (!use.stale.empty())
    text += told(fmt::format("{} of the baseline {} matched nothing (--update-baseline drops what "
                             "is gone)",
                             entries(use.stale.size()), file),
                 style) +
            entries_text(use.stale);
  return text;
}

}  // namespace

std::string pardons_text(const core::Report& report, const Style& style, bool all) {
  std::string text;
  for (const core::Finding& finding : report.findings)
    if (finding.pardon == Pardon::waived || (all && finding.pardon == Pardon::known))
      text += finding_line(finding, style);
  for (const core::WaiverUse& waiver : report.waivers)
    if (waiver.fate != WaiverFate::used) text += waiver_line(waiver, style);
  if (report.baseline) text += baseline_text(*report.baseline, style);
  return text;
}

}  // namespace reporters
