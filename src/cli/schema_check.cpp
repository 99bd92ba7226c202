// SPDX-License-Identifier: Apache-2.0
#include "cli/schema_check.hpp"

#include "rules/catalogue.hpp"
#include "rules/rule_set.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace cli {

using workflows::ContractWord;
using workflows::DriftKind;
using workflows::SchemaDrift;

std::string_view rule_of(DriftKind kind) {
  switch (kind) {
    case DriftKind::table_removed: return "CON-04";
    case DriftKind::column_removed: return "CON-05";
    case DriftKind::type_changed: return "CON-06";
    case DriftKind::key_changed:
    case DriftKind::naming_changed: return "CON-07";
    case DriftKind::table_added:
    case DriftKind::column_added: return "CON-09";
  }
  return "";
}

bool is_broken(const std::vector<SchemaDrift>& drifts) {
  return std::ranges::any_of(
      drifts, [](const SchemaDrift& drift) { return drift.word == ContractWord::freeze; });
}

std::vector<core::Finding> drift_findings(const std::vector<SchemaDrift>& drifts,
                                          const Arguments& args) {
  const rules::Options options{args.strict, args.select, args.ignore};
  std::vector<core::Finding> findings;
  for (const SchemaDrift& drift : drifts) {
    const core::RuleInfo* rule = rules::find(rule_of(drift.kind));
    if (rule == nullptr || !rules::is_selected(*rule, options)) continue;
    core::Finding& finding = findings.emplace_back();
    finding.rule = rule->id;
    finding.slug = rule->slug;
    finding.certainty = rule->certainty;
    finding.severity = drift.word == ContractWord::freeze ? core::Severity::error
                       : drift.word == ContractWord::warn ? core::Severity::warning
                                                          : core::Severity::info;
    finding.table = drift.table;
    finding.message = fmt::format("not as locked: {} ({}; contract: {})", text_of(drift),
                                  name(drift.impact), name(drift.word));
    finding.background = rule->detail;
    finding.fix = rule->fix;
    finding.about = drift.column;
  }
  return findings;
}

}  // namespace cli
