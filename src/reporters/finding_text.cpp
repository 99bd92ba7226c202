// SPDX-License-Identifier: Apache-2.0
#include "reporters/finding_text.hpp"

#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace reporters {
namespace {

std::string place(const core::Finding& finding) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : "  ") + part; };
  if (!finding.table.empty()) add(base::elide_middle(finding.table, 40));
  if (finding.sync == 0 && finding.call > 0) {
    add("setup test");
  } else if (finding.call > 0) {
    add(fmt::format("sync {} call {}", finding.sync, finding.call));
  } else if (finding.sync > 0) {
    add(fmt::format("sync {}", finding.sync));
  }
  if (!finding.pointer.empty()) add(base::elide_middle(finding.pointer, 60));
  if (finding.count > 1) add(fmt::format("×{}", base::human_count(finding.count)));
  return text;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// Breaks at blanks so that each line keeps to the width; continuation lines get the same indent.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  const std::string margin(indent, ' ');
  std::string out, line;
  const auto flush = [&] {
    out += margin + line + "\n";
    line.clear();
  };
  const std::string shown = base::visible(text);
  std::string_view rest = shown;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \n"), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (!line.empty() && indent + base::display_width(line) + 1 + base::display_width(word) > width)
      flush();
    if (!line.empty()) line += ' ';
    line += word;
    if (end < rest.size() && rest[end] == '\n') flush();
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!line.empty()) flush();
  return out;
}

}  // namespace

std::string finding_text(const core::Finding& finding, const Style& style) {
  std::string out = fmt::format("  {} {} {}  {}\n", style.letter(finding.severity),
                                style.bold(finding.rule), finding.slug, style.dim(place(finding)));
  out += wrapped(finding.message, 4, style.width);
  for (const std::string& line : finding.evidence)
    out += "      " + base::elide_middle(line, std::max<std::size_t>(style.width, 40) - 6) + "\n";
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
