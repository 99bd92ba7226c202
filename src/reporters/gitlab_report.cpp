// SPDX-License-Identifier: Apache-2.0
#include "reporters/gitlab_report.hpp"

#include "base/digest.hpp"
#include "reporters/case_list.hpp"
#include "reporters/chaos_cases.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/plain_text.hpp"

#include <map>

#include <fmt/format.h>

namespace reporters {
namespace {

// Of GitLab's five words.
std::string_view severity_of(core::Severity severity) {
  switch (severity) {
    case core::Severity::error: return "critical";
    case core::Severity::warning: return "minor";
    default: return "info";
  }
}

class Issues {
 public:
  void add(std::string_view description, std::string_view check, std::string fingerprint,
           std::string_view severity, const core::Source& source) {
    const int before = seen_[fingerprint]++;
    if (before > 0)
      fingerprint = base::to_hex(base::sha256(fmt::format("{} {}", fingerprint, before)));
    json_.begin_object().member("description", cut(one_line(description), 2000));
    json_.member("check_name", one_line(check)).member("fingerprint", fingerprint.substr(0, 32));
    json_.member("severity", severity).key("location").begin_object();
    json_.member("path", source.file.empty() ? "fivetran-sim.toml" : document_text(source.file));
    json_.key("lines").begin_object().member("begin", source.line).end_object();
    json_.end_object().end_object();
  }
  JsonWriter& json() { return json_; }

 private:
  JsonWriter json_{true};
  std::map<std::string, int> seen_;
};

}  // namespace

std::string gitlab_report(const core::Report& report) {
  Issues issues;
  issues.json().begin_array();
  for (const core::Finding& finding : report.findings) {
    if (finding.pardon != core::Pardon::none) continue;
    const std::string known = target_of(finding, report) + fingerprint_of(finding);
    const std::string faults = disturbances_of(finding, report);
    issues.add(fmt::format("{}: {}{}{}", title_of(finding), finding.message,
                           faults.empty() ? "" : "; disturbed syncs that differ: ", faults),
               finding.rule, base::to_hex(base::sha256(known)).substr(0, 32),
               severity_of(finding.severity), source_of(finding, report));
  }
  for (const Case& one : cases_of(report))
    if (one.state == CaseState::broken)
      issues.add(fmt::format("{}: {}", one.name, one.message), "not-tested",
                 base::to_hex(base::sha256(one.target + one.name)).substr(0, 32), "blocker",
                 one.source);
  issues.json().end_array();
  return issues.json().take() + "\n";
}

}  // namespace reporters
