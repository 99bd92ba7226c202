// SPDX-License-Identifier: Apache-2.0
#include "workflows/made_finding.hpp"

#include "rules/catalogue.hpp"

namespace workflows {

std::optional<core::Finding> finding_of(std::string_view id, const rules::Options& options) {
  const core::RuleInfo* rule = rules::find(id);
  if (rule == nullptr || !rules::is_selected(*rule, options)) return std::nullopt;
  core::Finding finding;
  finding.rule = rule->id;
  finding.slug = rule->slug;
  finding.certainty = rule->certainty;
  finding.severity = options.strict ? rule->strict : rule->fidelity;
  finding.background = rule->detail;
  finding.fix = rule->fix;
  return finding;
}

}  // namespace workflows
