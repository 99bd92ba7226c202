// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/rule.hpp"

#include <span>
#include <string_view>

namespace rules {

// Every rule that this program knows, by family and number. Listings, explanations and
// documentation are made from it, and a finding takes its severity, certainty and fix from it.
std::span<const core::RuleInfo> catalogue();

// The rule of that identifier ("ROW-04", in any case) or slug, or null.
const core::RuleInfo* find(std::string_view id_or_slug);

// The same, or an error (usage) that begins with `where` and says what was probably meant.
base::Result<const core::RuleInfo*> find_named(std::string_view where, std::string_view id_or_slug);

}  // namespace rules
