// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/rule.hpp"
#include "rules/draft.hpp"

#include <span>
#include <string_view>

// The one list of rules that run. A new rule is a function, a line here and a row of the catalogue.
namespace rules {

struct CallRule {
  std::string_view id;
  unsigned forms;  // bits of Form: the answers that it looks at
  Drafts (*check)(const core::CallView&);
};
struct LoadRule {
  std::string_view id;
  Drafts (*check)(const core::LoadView&);
};
struct SyncRule {
  std::string_view id;
  Drafts (*check)(const core::SyncView&);
};

std::span<const CallRule> call_rules();
std::span<const LoadRule> load_rules();
std::span<const SyncRule> sync_rules();
// Rules that hold the tables to a locked schema once a run is over. What differs is found by
// workflows/schema_lock; the contract in the lock says how severe it is.
std::span<const std::string_view> lock_rules();
// Rules that no single sync can break: workflows disturb it, repeat it or reckon with it.
std::span<const std::string_view> workflow_rules();
// Rules of the suite of `test`, which workflows/suite and workflows/expectations judge.
std::span<const std::string_view> suite_rules();

}  // namespace rules
