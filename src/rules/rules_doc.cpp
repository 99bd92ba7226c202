// SPDX-License-Identifier: Apache-2.0
#include "rules/rules_doc.hpp"

#include "rules/catalogue.hpp"
#include "rules/texts.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace rules {
namespace {

struct Family {
  std::string_view prefix, title;
};

constexpr std::array kFamilies = {
    Family{"INV", "Invocation"},
    Family{"RSP", "Response shape"},
    Family{"STA", "State"},
    Family{"INC", "Incremental syncs"},
    Family{"RES", "Resume and retry"},
    Family{"LOOP", "Loop"},
    Family{"LIM", "Limits"},
    Family{"SCH", "Schema and keys"},
    Family{"ROW", "Rows"},
    Family{"TYP", "Types"},
    Family{"NAM", "Names"},
    Family{"DEL", "Deletes"},
    Family{"SET", "Setup test"},
    Family{"S3", "Sync through S3"},
    Family{"SEC", "Secrets"},
    Family{"CON", "Contract"},
    Family{"TST", "Suite and expectations"},
    Family{"FCT", "Forecast"},
};

std::string_view family_of(const core::RuleInfo& rule) {
  return rule.id.substr(0, rule.id.find('-'));
}

std::string severity_text(const core::RuleInfo& rule) {
  if (rule.fidelity == rule.strict) return std::string(name(rule.fidelity));
  return fmt::format("{}, with `--strict` {}", name(rule.fidelity), name(rule.strict));
}

std::string effect_text(const core::RuleInfo& rule) {
  using enum core::Effect;
  if (rule.fidelity_effect == rejects)
    return "the response is not loaded, the state stays and the sync fails";
  if (rule.strict_effect == rejects)
    return "none; with `--strict` the response is not loaded and the sync fails";
  return "none, the sync goes on";
}

void add_table(std::string& text, const Family& family) {
  text += fmt::format("\n## {} ({})\n\n| rule | name | severity | finds |\n|---|---|---|---|\n",
                      family.title, family.prefix);
  for (const core::RuleInfo& rule : catalogue())
    if (family_of(rule) == family.prefix)
      text += fmt::format("| [{}](#{}) | `{}` | {} | {} |\n", rule.id, lower(rule.id), rule.slug,
                          severity_text(rule), rule.brief);
}

void add_rule(std::string& text, const core::RuleInfo& rule) {
  const bool link = rule.source.starts_with("https://");
  const std::string_view address = rule.source.substr(0, rule.source.find(' '));
  text += fmt::format("\n### {}\n\n**`{}`**: {}.\n\n{}\n\n", rule.id, rule.slug, rule.brief,
                      rule.detail);
  text += fmt::format("* Severity: {}. Effect: {}.\n* Certainty: {}.\n* Fix: {}.\n* Source: {}{}\n",
                      severity_text(rule), effect_text(rule), name(rule.certainty), rule.fix,
                      link ? fmt::format("<{}>", address) : std::string(rule.source),
                      link ? rule.source.substr(address.size()) : "");
}

}  // namespace

std::string markdown() {
  std::string text =
      "<!-- Made by `fivetran-sim rules --format markdown` from src/rules/catalogue_*.cpp. -->\n"
      "# Rules\n\n"
      "A finding of severity *error* means that real Fivetran fails or that the data is certainly "
      "wrong;\n*warning*: likely unwanted, or nobody knows what Fivetran does; *info*: worth "
      "knowing. The severity given is the\nhighest that a rule raises: several step down where the "
      "case is harmless or not sure. `--select` and `--ignore`\ntake identifiers, their beginnings "
      "and names; `fivetran-sim explain RULE` shows one of them on the terminal.\n\n"
      "*Certainty* says how sure we are that Fivetran behaves so: *documented* on its own pages, "
      "*observed* in code that\nran against it, or *inferred*.\n";
  for (const Family& family : kFamilies) {
    add_table(text, family);
    for (const core::RuleInfo& rule : catalogue())
      if (family_of(rule) == family.prefix) add_rule(text, rule);
  }
  return text;
}

}  // namespace rules
