// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_set.hpp"

#include "rules/answer.hpp"
#include "rules/catalogue.hpp"
#include "rules/near_miss.hpp"
#include "rules/registry.hpp"
#include "rules/texts.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace rules {
namespace {

using core::Severity;

bool fits(const core::RuleInfo& rule, std::string_view selector) {
  if (selector.empty()) return false;
  return equal_ignoring_case(rule.id.substr(0, selector.size()), selector) ||
         equal_ignoring_case(rule.slug, selector);
}

bool fits_any(const core::RuleInfo& rule, const std::vector<std::string>& selectors) {
  return std::ranges::any_of(selectors, [&](const auto& selector) { return fits(rule, selector); });
}

base::Result<void> check_selectors(std::string_view option,
                                   const std::vector<std::string>& selectors) {
  for (const std::string& selector : selectors) {
    if (std::ranges::any_of(catalogue(), [&](const auto& rule) { return fits(rule, selector); }))
      continue;
    FSIM_TRY(find_named(fmt::format("--{}", option), selector));
  }
  return {};
}

}  // namespace

bool is_selected(const core::RuleInfo& rule, const Options& options) {
  return (options.select.empty() || fits_any(rule, options.select)) &&
         !fits_any(rule, options.ignore);
}

namespace {

class SelectedRules final : public core::RuleSet {
 public:
  explicit SelectedRules(const Options& options) : strict_(options.strict) {
    for (const core::RuleInfo& rule : catalogue())
      if (is_selected(rule, options)) selected_.insert(rule.id);
  }

  core::Verdict judge_call(const core::CallView& view) const override {
    core::Verdict verdict;
    const Form form = form_of(view);
    const bool nothing_to_judge = form == Form::no_answer || form == Form::unreadable;
    for (const CallRule& rule : call_rules())
      if ((rule.forms & form) != 0 && (nothing_to_judge || selected_.contains(rule.id)))
        take(rule.id, rule.check(view), view.sync, view.call, verdict);
    return verdict;
  }

  std::vector<core::Finding> judge_load(const core::LoadView& view) const override {
    core::Verdict verdict;
    for (const LoadRule& rule : load_rules())
      if (selected_.contains(rule.id))
        take(rule.id, rule.check(view), view.sync, view.call, verdict);
    return std::move(verdict.findings);
  }

  std::vector<core::Finding> judge_sync(const core::SyncView& view) const override {
    core::Verdict verdict;
    for (const SyncRule& rule : sync_rules())
      if (selected_.contains(rule.id)) take(rule.id, rule.check(view), view.sync, 0, verdict);
    return std::move(verdict.findings);
  }

 private:
  void take(std::string_view id, Drafts drafts, int sync, int call, core::Verdict& verdict) const {
    const core::RuleInfo& rule = *find(id);
    for (Draft& draft : drafts) {
      core::Finding finding;
      finding.severity = draft.severity.value_or(strict_ ? rule.strict : rule.fidelity);
      const core::Effect effect = strict_ ? rule.strict_effect : rule.fidelity_effect;
      if (finding.severity == Severity::error && effect == core::Effect::rejects)
        verdict.rejected = true;
      if (finding.severity == Severity::off || selected_.contains(draft.told_by)) continue;
      finding.rule = rule.id;
      finding.slug = rule.slug;
      finding.certainty = rule.certainty;
      finding.sync = sync;
      finding.call = call;
      finding.table = std::move(draft.table);
      finding.pointer = std::move(draft.pointer);
      finding.subject = std::move(draft.subject);
      finding.message = std::move(draft.message);
      finding.evidence = std::move(draft.evidence);
      finding.collisions = std::move(draft.collisions);
      for (core::Collision& collision : finding.collisions) collision.call = call;
      finding.background = rule.detail;
      finding.fix = draft.fix.empty() ? std::string(rule.fix) : std::move(draft.fix);
      finding.count = draft.count;
      finding.about = std::move(draft.about);
      verdict.findings.push_back(std::move(finding));
    }
  }

  bool strict_;
  std::set<std::string_view> selected_;
};

}  // namespace

base::Result<void> check_options(const Options& options) {
  FSIM_TRY(check_selectors("select", options.select));
  return check_selectors("ignore", options.ignore);
}

std::unique_ptr<core::RuleSet> make_rule_set(const Options& options) {
  return std::make_unique<SelectedRules>(options);
}

}  // namespace rules
