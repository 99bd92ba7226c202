// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/rule.hpp"

#include <span>

// The pieces of the catalogue: one a family, joined in catalogue.cpp.
namespace rules {

std::span<const core::RuleInfo> invocation_catalogue();
std::span<const core::RuleInfo> response_catalogue();
std::span<const core::RuleInfo> state_catalogue();
std::span<const core::RuleInfo> incremental_catalogue();
std::span<const core::RuleInfo> resume_catalogue();
std::span<const core::RuleInfo> loop_catalogue();
std::span<const core::RuleInfo> limit_catalogue();
std::span<const core::RuleInfo> secret_catalogue();
std::span<const core::RuleInfo> suite_catalogue();
std::span<const core::RuleInfo> schema_catalogue();
std::span<const core::RuleInfo> row_catalogue();
std::span<const core::RuleInfo> type_catalogue();
std::span<const core::RuleInfo> name_catalogue();
std::span<const core::RuleInfo> delete_catalogue();
std::span<const core::RuleInfo> setup_test_catalogue();
std::span<const core::RuleInfo> contract_catalogue();
std::span<const core::RuleInfo> bucket_catalogue();
std::span<const core::RuleInfo> forecast_catalogue();

}  // namespace rules
