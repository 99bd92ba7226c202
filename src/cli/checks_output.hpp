// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/health.hpp"
#include "core/report.hpp"
#include "reporters/json_writer.hpp"

#include <string>
#include <vector>

namespace cli {

using Checks = std::vector<connectors::HealthCheck>;

// A line a check on stdout, below a heading.
void print_table(const std::string& heading, const Checks& checks);
void write_checks(reporters::JsonWriter& json, const Checks& checks);
// 4 when something that is needed is not ok.
core::ExitCode code_of(const Checks& checks);

}  // namespace cli
