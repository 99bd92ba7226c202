// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/raw_response.hpp"

#include <string>
#include <string_view>

namespace connectors {

// Reads a scenario's meta document (make_scenario_connector lists its keys) into `raw`. Error
// (usage), with file and line: no JSON, not an object, an unknown key or failure, a value of
// another kind than expected.
base::Result<void> apply_scenario_meta(const std::string& file, std::string_view text,
                                       core::RawResponse& raw);

}  // namespace connectors
