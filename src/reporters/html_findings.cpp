// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace reporters {
namespace {

using core::Pardon;
using core::Severity;

std::string pardon_label(const core::Finding& finding) {
  if (finding.pardon == Pardon::none) return "";
  return fmt::format(" <span class=\"label pardoned\">{}</span>",
                     finding.pardon == Pardon::waived ? "waived" : "known");
}

std::string place(const core::Finding& finding, const HtmlAnchors& anchors) {
  std::string call;
  if (finding.sync == 0 && finding.call > 0) {
    call = "setup test";
  } else if (finding.call > 0) {
    call = fmt::format("sync {} call {}", finding.sync, finding.call);
  } else if (finding.sync > 0) {
    call = fmt::format("sync {}", finding.sync);
  }
  if (const std::string anchor = anchors.call_of(finding); !anchor.empty())
    call = fmt::format("<a href=\"#{}\">{}</a>", anchor, call);
  std::string out;
  const auto add = [&out](const std::string& part) { out += (out.empty() ? "" : " · ") + part; };
  if (!finding.table.empty()) add("table " + html_code(finding.table, 120));
  if (!call.empty()) add(call);
  if (!finding.pointer.empty()) add(html_code(finding.pointer));
  if (finding.count > 1) add(fmt::format("seen {} times", base::human_count(finding.count)));
  add(fmt::format("certainty: {}", core::name(finding.certainty)));
  return out;
}

std::string cell(const std::string& value) {
  return value.empty() ? "<span class=\"soft\">not there</span>" : html_code(value);
}

std::string collision_table(const core::Collision& collision) {
  std::string out = fmt::format(
      "{}<table class=\"collision\"><caption>key {}, call {}</caption><thead><tr><th scope=\"col\">"
      "column</th><th scope=\"col\">first row {}</th><th scope=\"col\">second row, which wins {}"
      "</th></tr></thead><tbody>\n",
      html_scroll("two rows under one key"), html_code(collision.key), collision.call,
      html_code(collision.first, 80), html_code(collision.second, 80));
  for (const core::Collision::Cell& one : collision.cells)
    out += fmt::format("<tr{}><th scope=\"row\">{}{}</th><td>{}</td><td>{}</td></tr>\n",
                       one.differs ? " class=\"differs\"" : "",
                       one.differs ? "<span title=\"differs\">≠</span> " : "",
                       html_cut(one.column, 120), cell(one.first), cell(one.second));
  out += "</tbody></table></div>\n";
  if (collision.left_out > 0)
    out += fmt::format("<p class=\"soft\">and {}</p>\n",
                       html_counted(collision.left_out, "more column"));
  return out;
}

std::string evidence(const core::Finding& finding) {
  std::string out;
  for (const core::Collision& collision : finding.collisions) out += collision_table(collision);
  if (!out.empty() || finding.evidence.empty()) return out;
  out = "<pre>";
  for (const std::string& line : finding.evidence) out += html_cut(line, 2'000) + "\n";
  return out + "</pre>\n";
}

std::string term(std::string_view name, const std::string& content) {
  return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, content);
}

std::string command(const std::string& text) {
  return "<div class=\"command\"><pre>" + html_text(text) + "</pre></div>";
}

std::string finding_article(const core::Finding& finding, std::size_t index,
                            const HtmlAnchors& anchors) {
  const bool open = finding.pardon == Pardon::none && finding.severity > Severity::info;
  const std::string severity(core::name(finding.severity));
  std::string out = fmt::format(
      "<article class=\"finding {}{}\" id=\"{}\" data-severity=\"{}\" data-rule=\"{}\" "
      "data-table=\"{}\"><details{}><summary><span class=\"label {}\">{}</span>{} <h3>{} {}</h3>"
      "<span class=\"soft\">{}{}</span></summary>\n",
      severity, finding.pardon == Pardon::none ? "" : " pardoned", HtmlAnchors::finding(index),
      severity, html_text(finding.rule), html_text(finding.table), open ? " open" : "", severity,
      severity, pardon_label(finding), html_text(finding.rule), html_text(finding.slug),
      finding.table.empty() ? "" : " in " + html_cut(finding.table, 60),
      finding.count > 1 ? fmt::format(" ×{}", base::human_count(finding.count)) : "");
  out += "<p class=\"message\">" + html_sentence(finding.message) + "</p>\n<p class=\"soft\">" +
         place(finding, anchors) + "</p>\n" + evidence(finding) + "<dl>\n";
  if (finding.pardon != Pardon::none)
    out +=
        term(finding.pardon == Pardon::waived ? "Waived: it does not count"
                                              : "Known to the baseline: it does not count",
             finding.pardon_reason.empty() ? "no reason given" : html_text(finding.pardon_reason));
  if (!finding.background.empty())
    out += term("What Fivetran does", html_sentence(finding.background));
  if (!finding.fix.empty()) out += term("Fix", html_sentence(finding.fix));
  if (!finding.reproduce.empty()) out += term("See it again", command(finding.reproduce));
  out += term("More", command("fivetran-sim explain " + finding.rule));
  return out + "</dl></details></article>\n";
}

// What counts first, and of that the worst first.
std::vector<std::size_t> by_weight(const std::vector<core::Finding>& findings) {
  std::vector<std::size_t> order(findings.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, [&findings](std::size_t a, std::size_t b) {
    const core::Finding &x = findings[a], &y = findings[b];
    if (x.pardon != y.pardon) return x.pardon < y.pardon;
    return x.severity > y.severity;
  });
  return order;
}

// Hidden until the script fills it.
constexpr std::string_view kFilters =
    R"(<form class="filters" id="filters" hidden aria-label="Filter the findings">
<label>Search <input type="search" name="search" autocomplete="off"></label>
<label>Severity <select name="severity"><option value="">all</option></select></label>
<label>Rule <select name="rule"><option value="">all</option></select></label>
<label>Table <select name="table"><option value="">all</option></select></label>
<button type="reset">Show all</button>
<output id="shown" aria-live="polite"></output>
</form>
)";

}  // namespace

std::string html_findings(const core::Report& report, const HtmlAnchors& anchors) {
  std::string out =
      "<section id=\"findings\" aria-labelledby=\"findings-title\">"
      "<h2 id=\"findings-title\">Findings</h2>\n";
  if (report.findings.empty()) return out + "<p>No findings.</p>\n</section>\n";
  if (report.findings.size() > 1) out += kFilters;
  for (const std::size_t index : by_weight(report.findings))
    out += finding_article(report.findings[index], index, anchors);
  return out + "</section>\n";
}

}  // namespace reporters
