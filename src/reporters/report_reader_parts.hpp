// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"
#include "reporters/report_value.hpp"

namespace reporters {

// What write_workflow_parts wrote, from the whole report: forecast, matrix, determinism, probes.
void read_workflow_parts(const ReportValue& root, core::Report& report);

}  // namespace reporters
