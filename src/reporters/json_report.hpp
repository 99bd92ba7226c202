// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"
#include "reporters/json_writer.hpp"

#include <string>
#include <vector>

namespace reporters {

// The report as JSON, "fivetran-sim/report/1" (design §2; docs/report.schema.json).
std::string json_report(const core::Report& report);

// Parts of it that other formats share.
void write_finding(JsonWriter& json, const core::Finding& finding);
void write_call(JsonWriter& json, const core::CallReport& call);
void write_sync(JsonWriter& json, const core::SyncReport& sync, bool with_calls);
// The members of an object that stands open.
void write_table(JsonWriter& json, const core::Table& table);
void write_tables(JsonWriter& json, const std::vector<core::Table>& tables);
// Forecast, matrix, determinism and probes, where there are such.
void write_workflow_parts(JsonWriter& json, const core::Report& report);

}  // namespace reporters
