// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/rule.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

// Which rules run and how severe they are. A selector is an identifier ("ROW-04"), the beginning of
// one ("ROW", "RSP-0") or a slug; letter case does not matter. Nothing selected means all; what is
// ignored stays out in any case.
struct Options {
  bool strict = false;
  std::vector<std::string> select, ignore;
};

// Error (usage): a selector that fits no rule, with the closest name.
base::Result<void> check_options(const Options& options);

bool is_selected(const core::RuleInfo& rule, const Options& options);

// `options` must have passed check_options. An answer that cannot be read at all is judged in any
// case, whatever is selected: there is nothing else to judge.
std::unique_ptr<core::RuleSet> make_rule_set(const Options& options);

}  // namespace rules
