// SPDX-License-Identifier: Apache-2.0
#include "reporters/github_report.hpp"

#include "reporters/case_list.hpp"
#include "reporters/chaos_cases.hpp"
#include "reporters/markdown_report.hpp"
#include "reporters/plain_text.hpp"

#include <vector>

#include <fmt/format.h>

namespace reporters {
namespace {

constexpr std::size_t kShown = 10;           // of a kind in a step
constexpr std::size_t kMessageBytes = 4000;  // GitHub cuts above 4 kB

// As actions/toolkit escapes: "%" first, then line ends; in properties also ":" and ",".
std::string data(std::string_view text, bool property) {
  std::string out;
  for (const char c : document_text(text)) {
    if (c == '%')
      out += "%25";
    else if (c == '\n')
      out += "%0A";
    else if (property && c == ':')
      out += "%3A";
    else if (property && c == ',')
      out += "%2C";
    else
      out += c;
  }
  return out;
}

struct Annotation {
  std::string title, message;
  core::Source source;
};

std::string command(std::string_view kind, const Annotation& one) {
  std::string out = fmt::format("::{} ", kind);
  if (!one.source.file.empty())
    out += fmt::format("file={},line={},", data(one.source.file, true), one.source.line);
  return out + fmt::format("title={}::{}\n", data(one_line(one.title), true),
                           data(cut(one.message, kMessageBytes), false));
}

Annotation annotation_of(const core::Finding& finding, const core::Report& report) {
  std::string message = finding.message;
  if (!finding.pointer.empty()) message += "\nat " + finding.pointer;
  if (const std::string faults = disturbances_of(finding, report); !faults.empty())
    message += "\ndisturbed syncs that differ: " + faults;
  else if (finding.count > 1)
    message += fmt::format("\nseen {} times", finding.count);
  if (!finding.fix.empty()) message += "\nfix: " + finding.fix;
  return {title_of(finding), std::move(message), source_of(finding, report)};
}

std::vector<Annotation> annotations_of(const core::Report& report, core::Severity severity) {
  std::vector<Annotation> all;
  for (const core::Finding& finding : report.findings)
    if (finding.pardon == core::Pardon::none && finding.severity == severity)
      all.push_back(annotation_of(finding, report));
  if (severity != core::Severity::error) return all;
  for (const Case& one : cases_of(report))
    if (one.state == CaseState::broken) all.push_back({one.name, one.message, one.source});
  return all;
}

}  // namespace

std::string github_report(const core::Report& report) {
  struct Kind {
    core::Severity severity;
    std::string_view command, noun;
  };
  static constexpr Kind kKinds[] = {{core::Severity::error, "error", "errors"},
                                    {core::Severity::warning, "warning", "warnings"},
                                    {core::Severity::info, "notice", "notes"}};
  std::string out;
  for (const Kind& kind : kKinds) {
    const std::vector<Annotation> all = annotations_of(report, kind.severity);
    const std::size_t shown = all.size() > kShown ? kShown - 1 : all.size();
    for (std::size_t i = 0; i < shown; ++i) out += command(kind.command, all[i]);
    if (shown < all.size())
      out += command(kind.command,
                     {"fivetran-sim",
                      fmt::format("and {} more {}: see the summary of the step or the job's log",
                                  all.size() - shown, kind.noun),
                      report.source});
  }
  return out;
}

std::string github_summary(const core::Report& report, std::size_t bytes) {
  return markdown_within(report, bytes);
}

}  // namespace reporters
