// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "rules/rule_set.hpp"

#include <optional>
#include <string_view>

namespace workflows {

// A finding of a rule that no single sync can break, with what the catalogue knows of it; none when
// the rule is not selected.
std::optional<core::Finding> finding_of(std::string_view rule, const rules::Options& options);

}  // namespace workflows
