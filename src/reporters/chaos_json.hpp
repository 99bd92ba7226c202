// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chaos.hpp"
#include "reporters/json_writer.hpp"

namespace reporters {

// The member `chaos` of a report.
void write_chaos(JsonWriter& json, const core::ChaosMatrix& matrix);

}  // namespace reporters
