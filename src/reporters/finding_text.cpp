// SPDX-License-Identifier: Apache-2.0
#include "reporters/finding_text.hpp"

#include "base/text.hpp"
#include "reporters/cells.hpp"
#include "reporters/collision_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace reporters {
namespace {

constexpr std::uint64_t kOccurrencesShown = 3;

std::string place(const core::Finding& finding, std::size_t width) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : "  ") + part; };
  if (!finding.table.empty()) add(cell_text(finding.table, std::min<std::size_t>(width / 2, 40)));
  if (finding.sync == 0 && finding.call > 0) {
    add("setup test");
  } else if (finding.call > 0) {
    add(fmt::format("sync {} call {}", finding.sync, finding.call));
  } else if (finding.sync > 0) {
    add(fmt::format("sync {}", finding.sync));
  }
  if (!finding.pointer.empty()) {
    const std::size_t used = base::display_width(text) + 10;
    add(cell_text(finding.pointer,
                  width > used + 20 ? std::min<std::size_t>(width - used, 60) : 20));
  }
  if (finding.count > 1) add(fmt::format("×{}", base::human_count(finding.count)));
  return text;
}

// "  W ROW-04 slug  orders  sync 1 call 2  /insert/orders/17  ×4", the place on a line of its own
// where it does not fit.
std::string heading(const core::Finding& finding, const Style& style) {
  const std::string where = place(finding, style.width - 4);
  const std::size_t used = 4 + finding.rule.size() + 1 + finding.slug.size();
  const bool fits = used + 2 + base::display_width(where) <= style.width;
  return fmt::format("  {} {} {}{}{}\n", style.letter(finding.severity), style.bold(finding.rule),
                     finding.slug, fits ? "  " : "\n    ", style.dim(where));
}

std::string evidence_text(const core::Finding& finding, const Style& style) {
  std::string out;
  for (const core::Collision& collision : finding.collisions)
    out += collision_text(collision, style);
  if (finding.collisions.empty())
    for (const std::string& line : finding.evidence)
      out += "      " + cell_text(line, std::max<std::size_t>(style.width, 40) - 6) + "\n";
  if (finding.count > kOccurrencesShown && !out.empty())
    out += style.dim(fmt::format("      … {} in all", base::human_count(finding.count))) + "\n";
  return out;
}

// The first sentence: the rest is what `explain` is for.
std::string_view first_sentence(std::string_view text) {
  const std::size_t end = text.find(". ");
  return end == text.npos ? text : text.substr(0, end + 1);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

std::string finding_text(const core::Finding& finding, const Style& style) {
  std::string out = heading(finding, style);
  out += wrapped(finding.message, 4, style.width) + evidence_text(finding, style);
  if (!finding.background.empty())
    out += wrapped(fmt::format("why: {}", first_sentence(finding.background)), 4, style.width);
  if (!finding.fix.empty()) out += wrapped("fix: " + finding.fix, 4, style.width);
  if (!finding.reproduce.empty())
    out += fmt::format("    {}\n", style.dim("see it again: " + base::visible(finding.reproduce)));
  return out + fmt::format("    {}\n", style.dim("more: fivetran-sim explain " + finding.rule));
}

std::string findings_summary(std::span<const core::Finding> findings) {
  const auto count = [findings](core::Severity severity) {
    return static_cast<std::size_t>(std::ranges::count_if(findings, [&](const auto& finding) {
      return finding.pardon == core::Pardon::none && finding.severity == severity;
    }));
  };
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (const auto n = count(core::Severity::error); n > 0) add(counted(n, "error"));
  if (const auto n = count(core::Severity::warning); n > 0) add(counted(n, "warning"));
  if (const auto n = count(core::Severity::info); n > 0) add(counted(n, "note"));
  if (text.empty()) text = "no findings";
  const auto waived = std::ranges::count(findings, core::Pardon::waived, &core::Finding::pardon);
  const auto known = std::ranges::count(findings, core::Pardon::known, &core::Finding::pardon);
  if (waived > 0) text += fmt::format(", {} waived", waived);
  if (known > 0) text += fmt::format(", {} known", known);
  return text;
}

}  // namespace reporters
