// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/forecast.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/style.hpp"

#include <string>
#include <vector>

namespace reporters {

// A forecast for a person: a line for each thing that is known, then those for what is not.
std::vector<std::string> forecast_lines(const core::Forecast& forecast);
// "3h 20m" and "1,234", of what may be as large as it likes.
std::string forecast_duration(double seconds);
std::string forecast_count(double value);
// The same lines for a terminal.
std::string forecast_text(const core::Forecast& forecast, const Style& style);
// The member `forecast` of a report.
void write_forecast(JsonWriter& json, const core::Forecast& forecast);

}  // namespace reporters
