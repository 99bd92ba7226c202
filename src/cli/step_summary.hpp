// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/report.hpp"

namespace cli {

// Appends the report to the summary of the running GitHub step, the file that GITHUB_STEP_SUMMARY
// names, and keeps it below 1 MiB with what is there already. Without that variable nothing is
// done. Error (environment): the file cannot be written.
base::Result<void> append_step_summary(const core::Report& report);

}  // namespace cli
