// SPDX-License-Identifier: Apache-2.0
#include "reporters/tap_report.hpp"

#include "protocol/json_text.hpp"
#include "reporters/case_list.hpp"
#include "reporters/finding_text.hpp"
#include "reporters/plain_text.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

#include <fmt/format.h>

namespace reporters {
namespace {

// Whether "SKIP" or "TODO" stands there, in any case, behind blanks.
bool begins_directive(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  std::string word(text.substr(0, 4));
  for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return word == "SKIP" || word == "TODO";
}

// A description: "#" begins a directive, "\" escapes it. Readers of older versions know no escape;
// before the word of a directive it is spelt out, so that no name makes a failure a TODO.
std::string tap(std::string_view text) {
  const std::string line = one_line(text);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#' && begins_directive(std::string_view(line).substr(i + 1))) {
      out += "<U+0023>";
      continue;
    }
    if (line[i] == '#' || line[i] == '\\') out += '\\';
    out += line[i];
  }
  return out;
}

// A JSON string is one of YAML's.
std::string yaml(std::string_view text) {
  return protocol::quote(document_text(text));
}

std::string diagnostics(const Case& one) {
  std::string out = "  ---\n  message: " + yaml(one.message) + "\n";
  if (one.finding != nullptr) {
    const core::Finding& finding = *one.finding;
    out += fmt::format("  severity: {}\n  rule: {}\n", core::name(finding.severity), finding.rule);
    if (one.cell != nullptr)
      out += fmt::format("  fault: {}\n  page: {}\n", yaml(one.cell->fault), one.cell->page);
    const std::vector<std::string>& evidence = one.cell ? one.cell->rows : finding.evidence;
    if (!finding.pointer.empty()) out += "  pointer: " + yaml(finding.pointer) + "\n";
    if (one.cell == nullptr) out += fmt::format("  count: {}\n", finding.count);
    if (!evidence.empty()) out += "  evidence:\n";
    for (const std::string& line : evidence) out += "    - " + yaml(line) + "\n";
    if (!finding.fix.empty()) out += "  fix: " + yaml(finding.fix) + "\n";
    if (!finding.reproduce.empty()) out += "  reproduce: " + yaml(finding.reproduce) + "\n";
  }
  if (!one.source.file.empty())
    out +=
        fmt::format("  at:\n    file: {}\n    line: {}\n", yaml(one.source.file), one.source.line);
  return out + "  ...\n";
}

// An info finding is a note; what else does not count is told with its test point.
bool is_note(const Case& one) {
  return one.state == CaseState::noted && one.finding->pardon == core::Pardon::none &&
         one.finding->severity == core::Severity::info;
}

// A test point. Only what is pardoned is a failure that was to be expected; a finding below
// --fail-on fails nothing.
std::string point(const Case& one, std::size_t number, const std::string& before) {
  const bool pardoned = one.state == CaseState::noted && one.finding->pardon != core::Pardon::none;
  const bool failed = one.state == CaseState::failed || one.state == CaseState::broken;
  std::string out = fmt::format("{} {} - {}{}", failed || pardoned ? "not ok" : "ok", number,
                                before, tap(one.name));
  if (one.state == CaseState::skipped) out += " # SKIP " + tap(one.message);
  if (pardoned) out += " # TODO " + tap(pardon_of(*one.finding));
  out += '\n';
  return failed || one.state == CaseState::noted ? out + diagnostics(one) : out;
}

}  // namespace

std::string tap_report(const core::Report& report) {
  const std::vector<Case> cases = cases_of(report);
  const bool several = std::ranges::any_of(
      cases, [&](const Case& one) { return one.target != cases.front().target; });
  const std::ptrdiff_t points = std::ranges::count_if(cases, std::not_fn(is_note));
  std::string out = fmt::format("TAP version 14\n1..{}{}\n", points,
                                points == 0 ? " # SKIP nothing to tell" : "");
  std::size_t number = 0;
  for (const Case& one : cases) {
    const std::string before = several ? tap(one.target) + ": " : "";
    if (is_note(one))
      out += fmt::format("# info: {}{}: {}\n", before, one_line(one.name),
                         one_line(one.finding->message));
    else
      out += point(one, ++number, before);
  }
  return out + fmt::format("# {}; exit code {}\n", findings_summary(report.findings),
                           static_cast<int>(report.exit_code));
}

}  // namespace reporters
