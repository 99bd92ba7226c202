// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"

#include <fmt/format.h>

namespace reporters {
namespace {

std::string_view fate_text(core::WaiverFate fate) {
  switch (fate) {
    case core::WaiverFate::used: return "in use";
    case core::WaiverFate::stale: return "matched nothing: it can go";
    case core::WaiverFate::expired: return "expired: what it waived counts again";
  }
  return "";
}

std::string waivers_table(const std::vector<core::WaiverUse>& waivers) {
  std::string out =
      html_scroll("waivers") +
      "<table><thead>"
      "<tr><th scope=\"col\">rule</th><th scope=\"col\">table</th><th scope=\"col\">reason</th><th "
      "scope=\"col\">last day</th><th scope=\"col\">given in</th><th scope=\"col\">this run</th>"
      "</tr></thead><tbody>\n";
  for (const core::WaiverUse& waiver : waivers)
    out += fmt::format(
        "<tr><th scope=\"row\">{} {}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}{}</td>"
        "</tr>\n",
        html_text(waiver.rule), html_text(waiver.slug),
        waiver.table.empty() ? "any" : html_cut(waiver.table, 80),
        waiver.reason.empty() ? "–" : html_text(waiver.reason),
        waiver.expires.empty() ? "–" : html_text(waiver.expires), html_text(waiver.origin),
        fate_text(waiver.fate),
        waiver.findings > 0 ? ", " + html_counted(waiver.findings, "finding") : "");
  return out + "</tbody></table></div>\n";
}

std::string entries(std::string_view title, const std::vector<core::KnownFinding>& known) {
  if (known.empty()) return "";
  std::string out = fmt::format("<h4>{}</h4><ul>\n", title);
  for (const core::KnownFinding& entry : known)
    out += fmt::format("<li>{} {} {}{}</li>\n", html_text(entry.rule), html_cut(entry.table, 80),
                       html_code(entry.at, 120),
                       entry.reason.empty() ? "" : ": " + html_text(entry.reason));
  return out + "</ul>\n";
}

std::string baseline_text(const core::BaselineUse& use) {
  std::string out = fmt::format(
      "<p>The baseline {} {}.</p>\n", html_code(use.file, 200),
      use.written ? fmt::format("was written with {}", html_counted(use.known, "finding"))
                  : fmt::format("knows {} of this run", html_counted(use.known, "finding")));
  return out + entries("Expired: these count again", use.expired) +
         entries("Matched nothing: they can go", use.stale);
}

}  // namespace

std::string html_pardons(const core::Report& report) {
  if (report.waivers.empty() && !report.baseline) return "";
  std::string out =
      "<section id=\"pardons\" aria-labelledby=\"pardons-title\"><h2 "
      "id=\"pardons-title\">Waivers and baseline</h2>\n<div class=\"card\">\n";
  if (!report.waivers.empty()) out += waivers_table(report.waivers);
  if (report.baseline) out += baseline_text(*report.baseline);
  return out + "</div></section>\n";
}

}  // namespace reporters
