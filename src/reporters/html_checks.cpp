// SPDX-License-Identifier: Apache-2.0
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace reporters {
namespace {

using core::CheckOutcome;

std::string_view look(CheckOutcome outcome) {
  if (outcome == CheckOutcome::passed) return "ok";
  return outcome == CheckOutcome::failed ? "error" : "info";
}

// Links to what a check found.
std::string findings_of(int check, const core::Report& report) {
  std::string out;
  for (std::size_t i = 0; i < report.findings.size(); ++i)
    if (report.findings[i].check == check)
      out += fmt::format("{}<a href=\"#{}\">{}</a>", out.empty() ? "" : ", ",
                         HtmlAnchors::finding(i), html_text(report.findings[i].rule));
  return out;
}

std::string row(const core::Check& check, int number, bool with_target,
                const core::Report& report) {
  std::string text = html_text(check.name);
  if (!check.detail.empty())
    text += "<br><span class=\"soft\">" + html_cut(check.detail, 600) + "</span>";
  if (!check.source.file.empty())
    text += fmt::format("<br><span class=\"soft\">{}:{}</span>", html_cut(check.source.file, 200),
                        check.source.line);
  return fmt::format(
      "<tr><td><span class=\"label {}\">{}</span></td><th scope=\"row\">{}</th>{}<td "
      "class=\"number\">{}</td><td>{}</td></tr>\n",
      look(check.outcome), core::name(check.outcome), text,
      with_target ? "<td>" + html_code(check.target, 120) + "</td>" : "", html_time(check.duration),
      findings_of(number, report));
}

std::string summary(const std::vector<core::Check>& checks) {
  std::string text;
  for (const CheckOutcome outcome :
       {CheckOutcome::failed, CheckOutcome::skipped, CheckOutcome::passed}) {
    const auto count = std::ranges::count(checks, outcome, &core::Check::outcome);
    if (count > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, core::name(outcome));
  }
  return text;
}

}  // namespace

std::string html_checks(const core::Report& report) {
  if (report.checks.empty()) return "";
  const bool several = std::ranges::any_of(report.checks, [&](const core::Check& check) {
    return check.target != report.checks.front().target;
  });
  std::string out = fmt::format(
      "<section id=\"checks\" aria-labelledby=\"checks-title\"><h2 "
      "id=\"checks-title\">Checks</h2>\n"
      "<div class=\"card\">\n<p>{}</p>\n{}<table class=\"checks\"><thead><tr><th "
      "scope=\"col\">result</th><th "
      "scope=\"col\">check</th>{}<th scope=\"col\" class=\"number\">time</th><th "
      "scope=\"col\">findings</th></tr></thead><tbody>\n",
      summary(report.checks), html_scroll("checks"),
      several ? "<th scope=\"col\">connector</th>" : "");
  int number = 0;
  for (const core::Check& check : report.checks) out += row(check, ++number, several, report);
  return out + "</tbody></table></div></div></section>\n";
}

}  // namespace reporters
