// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue.hpp"

#include "base/text.hpp"
#include "rules/catalogue_parts.hpp"
#include "rules/texts.hpp"

#include <vector>

#include <fmt/format.h>

namespace rules {
namespace {

std::vector<core::RuleInfo> joined() {
  std::vector<core::RuleInfo> all;
  for (const auto family :
       {invocation_catalogue(), response_catalogue(), state_catalogue(), incremental_catalogue(),
        resume_catalogue(), loop_catalogue(), limit_catalogue(), schema_catalogue(),
        row_catalogue(), type_catalogue(), name_catalogue(), delete_catalogue(), bucket_catalogue(),
        setup_test_catalogue(), secret_catalogue(), contract_catalogue(), suite_catalogue(),
        forecast_catalogue()})
    all.insert(all.end(), family.begin(), family.end());
  return all;
}

}  // namespace

std::span<const core::RuleInfo> catalogue() {
  static const std::vector<core::RuleInfo> all = joined();
  return all;
}

const core::RuleInfo* find(std::string_view id_or_slug) {
  for (const core::RuleInfo& rule : catalogue())
    if (equal_ignoring_case(rule.id, id_or_slug) || equal_ignoring_case(rule.slug, id_or_slug))
      return &rule;
  return nullptr;
}

base::Result<const core::RuleInfo*> find_named(std::string_view where,
                                               std::string_view id_or_slug) {
  if (const core::RuleInfo* rule = find(id_or_slug)) return rule;
  std::vector<std::string_view> names;
  for (const core::RuleInfo& rule : catalogue()) names.insert(names.end(), {rule.id, rule.slug});
  const std::string_view like = base::closest(id_or_slug, names);
  return base::fail(base::ErrorKind::usage,
                    fmt::format("{}: there is no rule `{}`{} (`fivetran-sim rules` lists them)",
                                where, shorten(id_or_slug),
                                like.empty() ? "" : fmt::format(", did you mean `{}`?", like)));
}

}  // namespace rules
