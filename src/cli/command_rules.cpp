// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "protocol/assumptions.hpp"
#include "protocol/secrets.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/text_table.hpp"
#include "rules/catalogue.hpp"
#include "rules/rules_doc.hpp"

#include <algorithm>
#include <iostream>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cli {
namespace {

std::string_view effect_name(core::Effect effect) {
  return effect == core::Effect::rejects ? "rejects" : "judges";
}

void write_rule(reporters::JsonWriter& json, const core::RuleInfo& rule) {
  json.begin_object().member("id", rule.id).member("slug", rule.slug);
  json.key("severity").begin_object();
  json.member("fidelity", core::name(rule.fidelity)).member("strict", core::name(rule.strict));
  json.end_object().key("effect").begin_object();
  json.member("fidelity", effect_name(rule.fidelity_effect));
  json.member("strict", effect_name(rule.strict_effect)).end_object();
  json.member("certainty", core::name(rule.certainty)).member("brief", rule.brief);
  json.member("detail", rule.detail).member("fix", rule.fix).member("source", rule.source);
  json.end_object();
}

void print_json() {
  reporters::JsonWriter json(true);
  json.begin_array();
  for (const core::RuleInfo& rule : rules::catalogue()) write_rule(json, rule);
  std::cout << json.end_array().take() << '\n';
}

void print_assumptions_json() {
  reporters::JsonWriter json(true);
  json.begin_array();
  for (const auto& assumption : protocol::assumptions()) {
    json.begin_object().member("name", assumption.name);
    json.member("default", assumption.default_value).key("values").begin_array();
    for (const std::string_view value : assumption.values) json.value(value);
    json.end_array().member("question", assumption.question);
    json.member("choice", assumption.choice).member("source", assumption.source).end_object();
  }
  std::cout << json.end_array().take() << '\n';
}

void print_assumptions() {
  std::cout
      << "What nothing public tells about Fivetran, and what this program takes for granted.\n"
         "Change one with --assume NAME=VALUE or in [assume] of fivetran-sim.toml.\n\n";
  for (const auto& assumption : protocol::assumptions()) {
    std::cout << fmt::format("{} = {}{}\n  not known: {}\n  taken here: {}\n  source: {}\n\n",
                             assumption.name, assumption.default_value,
                             assumption.values.size() > 1
                                 ? fmt::format("   (of: {})", fmt::join(assumption.values, ", "))
                                 : std::string(),
                             assumption.question, assumption.choice, assumption.source);
  }
}

// Which of the configured secrets SEC-02 looks for.
void print_watched(const Arguments& args) {
  const auto all = protocol::secret_leaves(args.secrets_json);
  const auto watched = protocol::watched_secrets(args.secrets_json, {args.sensitive, args.open});
  if (all.empty()) {
    std::cout << "\nno secrets are configured here (--secrets FILE, or secrets in "
                 "fivetran-sim.toml)\n";
    return;
  }
  std::cout << "\nthe secrets configured here:\n";
  for (const protocol::Secret& secret : all) {
    const bool is =
        std::ranges::find(watched, secret.name, &protocol::Secret::name) != watched.end();
    std::cout << fmt::format("  {:<11}  {}\n", is ? "watched" : "not watched",
                             base::visible(secret.name));
  }
}

}  // namespace

base::Result<core::ExitCode> rules_command(const Arguments& args) {
  if (args.format == "json") {
    print_json();
  } else if (args.format == "markdown") {
    std::cout << rules::markdown();
  } else {
    reporters::TextTable table({"id", "slug", "severity", "strict", "what it says"});
    for (const core::RuleInfo& rule : rules::catalogue())
      table.add({std::string(rule.id), std::string(rule.slug),
                 std::string(core::name(rule.fidelity)), std::string(core::name(rule.strict)),
                 std::string(rule.brief)});
    std::cout << table.text(0);
  }
  return core::ExitCode::ok;
}

base::Result<core::ExitCode> explain_command(const Arguments& args) {
  if (args.topic == "assumptions") {
    args.format == "json" ? print_assumptions_json() : print_assumptions();
    return core::ExitCode::ok;
  }
  const core::RuleInfo* rule = rules::find(args.topic);
  if (rule == nullptr) {
    std::vector<std::string_view> names = {"assumptions"};
    for (const core::RuleInfo& known : rules::catalogue()) {
      names.push_back(known.id);
      names.push_back(known.slug);
    }
    const std::string_view best = base::closest(args.topic, names);
    return base::fail(
        base::ErrorKind::usage,
        fmt::format("unknown rule \"{}\"{} (fivetran-sim rules lists all)", args.topic,
                    best.empty() ? "" : fmt::format("; did you mean {}?", best)));
  }
  if (args.format == "json") {
    reporters::JsonWriter json(true);
    write_rule(json, *rule);
    std::cout << json.take() << '\n';
    return core::ExitCode::ok;
  }
  std::cout << fmt::format(
      "{} {}\n{}\n\n{}\n\nfix: {}\n\nseverity: {} ({} with --strict)   effect: {} ({} with "
      "--strict)   certainty: {}\n"
      "source: {}\n",
      rule->id, rule->slug, rule->brief, rule->detail, rule->fix, core::name(rule->fidelity),
      core::name(rule->strict), effect_name(rule->fidelity_effect),
      effect_name(rule->strict_effect), core::name(rule->certainty), rule->source);
  if (rule->id == "SEC-02") print_watched(args);
  return core::ExitCode::ok;
}

}  // namespace cli
