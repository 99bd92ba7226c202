// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chaos.hpp"
#include "core/determinism.hpp"
#include "reporters/json_writer.hpp"

#include <vector>

namespace reporters {

// A cell of the matrix.
void write_cell(JsonWriter& json, const core::ChaosCell& cell);
// The member `chaos` of a report.
void write_chaos(JsonWriter& json, const std::vector<core::ChaosMatrix>& matrices);
// The members `determinism` and `probes`.
void write_determinism(JsonWriter& json, const core::Determinism& determinism);
void write_probes(JsonWriter& json, const std::vector<core::Probe>& probes);

}  // namespace reporters
