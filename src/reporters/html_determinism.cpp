// SPDX-License-Identifier: Apache-2.0
#include "reporters/chaos_text.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace reporters {
namespace {

std::string differences_table(const std::vector<core::AnswerDifference>& differences) {
  std::string out = html_scroll("what differs") +
                    "<table class=\"determinism\"><thead><tr><th scope=\"col\">where</th><th "
                    "scope=\"col\">when</th><th "
                    "scope=\"col\">first</th><th scope=\"col\">then</th><th scope=\"col\" "
                    "class=\"number\">places</th></tr></thead><tbody>\n";
  for (const core::AnswerDifference& one : differences)
    out += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}{}</td><td>{}</td><td>{}</td><td "
        "class=\"number\">{}</td></tr>\n",
        html_code(one.pointer.empty() ? "/" : one.pointer, 120),
        html_text(fmt::format("{}", fmt::join(one.when, ", "))),
        one.order_only ? ", order only" : "", html_code(one.first, 80), html_code(one.second, 80),
        one.count);
  return out + "</tbody></table></div>\n";
}

std::string determinism(const core::Determinism& found) {
  std::string out =
      fmt::format("<p>{} sent again ({}): {}.</p>\n", html_counted(found.states.size(), "state"),
                  html_text(fmt::format("{}", fmt::join(found.tried, ", "))),
                  found.differences.empty() ? "the same answer each time" : "answers differ");
  if (found.differences.empty()) return out;
  out += differences_table(found.differences);
  const std::string ignored = ignore_list(found);
  if (!ignored.empty())
    out += "<p>To ignore them, in <code>fivetran-sim.toml</code>:</p><pre>" +
           html_text("ignore-field = " + ignored) + "</pre>\n";
  return out;
}

std::string probes(const std::vector<core::Probe>& all) {
  if (all.empty()) return "";
  std::string out = "<h4>Asked beside the faults</h4><ul>\n";
  for (const core::Probe& probe : all)
    out += fmt::format("<li>{}: {}</li>\n", html_text(probe.name), html_cut(probe.result, 400));
  return out + "</ul>\n";
}

}  // namespace

std::string html_determinism(const core::Report& report) {
  if (!report.determinism && report.probes.empty()) return "";
  return "<section id=\"determinism\" aria-labelledby=\"determinism-title\"><h2 "
         "id=\"determinism-title\">The same state again</h2>\n<div class=\"card\">\n" +
         (report.determinism ? determinism(*report.determinism) : "") + probes(report.probes) +
         "</div></section>\n";
}

}  // namespace reporters
