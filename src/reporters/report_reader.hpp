// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/report.hpp"

#include <string>
#include <string_view>

namespace reporters {

// Reads what json_report wrote, so that it can be shown in another format; states keep their
// digits. Of calls what no format shows is left out. Error (usage): no JSON, no report of version
// 1, or one that lacks a field which docs/report.schema.json demands, or has it in another kind; it
// says which.
base::Result<core::Report> read_report(std::string_view json);

}  // namespace reporters
