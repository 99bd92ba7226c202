// SPDX-License-Identifier: Apache-2.0
#include "reporters/html_report.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"
#include "embedded/html_script.hpp"
#include "embedded/html_style.hpp"
#include "reporters/finding_text.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace reporters {
namespace {

std::string hash_of(std::string_view content) {
  return "'sha256-" + base::to_base64(base::sha256(content)) + "'";
}

// The page loads nothing, and of scripts and styles only ours run, whatever a connector's texts
// hold.
std::string policy() {
  return fmt::format(
      "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
      hash_of(embedded::html_style), hash_of(embedded::html_script));
}

std::string_view meaning(core::ExitCode code) {
  switch (code) {
    case core::ExitCode::ok: return "nothing was found that fails a run";
    case core::ExitCode::findings: return "there are findings or differences";
    case core::ExitCode::usage: return "wrong usage or configuration";
    case core::ExitCode::connector_failed: return "the connector failed";
    case core::ExitCode::environment: return "something of this machine was missing or failed";
    case core::ExitCode::nothing_tested: return "nothing was tested";
    case core::ExitCode::user_limit: return "a limit that you set ended it";
    case core::ExitCode::internal: return "an internal error";
    case core::ExitCode::interrupted:
    case core::ExitCode::terminated: return "interrupted; what was loaded is kept";
  }
  return "";
}

// "Run succeeded: 2 warnings". What ended as it should and yet has findings that fail it is no
// success to a reader: "Run: 2 errors".
std::string title_of(const core::Report& report) {
  const bool both =
      report.outcome == core::Outcome::succeeded && report.exit_code != core::ExitCode::ok;
  std::string title =
      fmt::format("{}{}{}: {}", report.command, both ? "" : " ",
                  both ? "" : core::name(report.outcome), findings_summary(report.findings));
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] += 'A' - 'a';
  return title;
}

bool ended_by_user(core::ExitCode code) {
  return code == core::ExitCode::user_limit || code == core::ExitCode::interrupted ||
         code == core::ExitCode::terminated;
}

std::string_view look(const core::Report& report) {
  if (report.outcome == core::Outcome::failed ||
      (report.exit_code != core::ExitCode::ok && !ended_by_user(report.exit_code)))
    return "failed";
  if (report.outcome == core::Outcome::stopped) return "stopped";
  const bool warned = std::ranges::any_of(report.findings, [](const core::Finding& finding) {
    return finding.pardon == core::Pardon::none && finding.severity > core::Severity::info;
  });
  return warned ? "warned" : "succeeded";
}

std::string figure(const std::string& number, std::string_view name) {
  return fmt::format("<li><b>{}</b>{}</li>\n", number, name);
}

std::string figures(const core::Report& report) {
  std::uint64_t calls = 0, rows = 0, largest = 0;
  std::chrono::microseconds time{0}, connector{0};
  for (const core::SyncReport& sync : report.syncs) {
    calls += sync.call_count;
    time += sync.duration;
    connector += sync.connector_time;
    for (const core::TableCount& count : sync.totals) rows += count.inserted + count.deleted;
    for (const core::CallReport& call : sync.calls)
      largest = std::max(largest, call.response_bytes);
  }
  if (report.syncs.empty()) return "";
  std::string out = "<ul class=\"figures\">\n";
  out += figure(base::human_count(calls), calls == 1 ? "call" : "calls");
  out += figure(base::human_count(rows), rows == 1 ? "row" : "rows");
  out += figure(html_time(time), fmt::format("in all, {} in the connector", html_time(connector)));
  out += figure(base::human_bytes(largest),
                report.response_limit > 0 ? fmt::format("largest response, of {} allowed",
                                                        base::human_bytes(report.response_limit))
                                          : "largest response");
  return out + "</ul>\n";
}

std::string term(std::string_view name, const std::string& content) {
  return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, content);
}

std::string header(const core::Report& report) {
  std::string out = "<header><div class=\"outcome " + std::string(look(report)) + "\"><h1>" +
                    html_text(title_of(report)) + "</h1>\n<dl>\n";
  if (!report.target.empty()) out += term("Connector", html_code(report.target, 400));
  if (!report.destination.empty()) out += term("Loaded into", html_code(report.destination, 400));
  out += term("Exit code",
              fmt::format("{}: {}", static_cast<int>(report.exit_code), meaning(report.exit_code)));
  out += term("Judged by", report.strict ? "the documented contract only (<code>--strict</code>)"
                                         : "what Fivetran is known to accept");
  if (!report.error.empty()) out += term("Ended early", html_text(report.error));
  return out + "</dl></div>\n" + figures(report) + "</header>\n";
}

std::string navigation(const std::vector<std::pair<std::string, std::string>>& sections) {
  std::string out = "<nav aria-label=\"Sections\"><ul>\n";
  for (const auto& [anchor, name] : sections)
    out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", anchor, name);
  return out + "</ul></nav>\n";
}

std::string head(const core::Report& report) {
  return fmt::format(
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n"
             "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>",
             policy(), html_text(title_of(report))) +
         std::string(embedded::html_style) + "</style>\n</head>\n";
}

}  // namespace

std::string html_report(const core::Report& report, std::string_view version) {
  const HtmlAnchors anchors(report);
  std::vector<std::pair<std::string, std::string>> sections;
  std::string content;
  const auto add = [&](const std::string& section, std::string anchor, std::string name) {
    if (section.empty()) return;
    sections.emplace_back(std::move(anchor), std::move(name));
    content += section;
  };
  add(html_findings(report, anchors), "findings", "Findings");
  add(html_checks(report), "checks", "Checks");
  add(html_chaos(report), "chaos", "Chaos");
  add(html_determinism(report), "determinism", "The same state again");
  add(html_forecast(report), "forecast", "Forecast");
  add(html_pardons(report), "pardons", "Waivers and baseline");
  add(html_syncs(report, anchors), "syncs", "What was called");
  add(html_tables(report), "tables", "Tables");
  return head(report) + "<body>\n<a class=\"skip\" href=\"#findings\">To the findings</a>\n" +
         header(report) + "<main>\n" + navigation(sections) + content + "</main>\n" +
         fmt::format("<footer>fivetran-sim {}</footer>\n<script>", html_text(version)) +
         std::string(embedded::html_script) + "</script>\n</body>\n</html>\n";
}

}  // namespace reporters
