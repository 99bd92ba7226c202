// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/forecast.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/style.hpp"

#include <string>

namespace reporters {

// A forecast for a person: a line for each thing that is known, and what is not known.
std::string forecast_text(const core::Forecast& forecast, const Style& style);
// The member `forecast` of a report.
void write_forecast(JsonWriter& json, const core::Forecast& forecast);

}  // namespace reporters
