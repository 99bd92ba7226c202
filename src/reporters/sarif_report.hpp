// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"
#include "reporters/formats.hpp"

#include <string>

namespace reporters {

// SARIF 2.1.0 (OASIS): one run, a result for each finding, the rules that they name. A result is
// known again by its partial fingerprint, as in a baseline; a pardoned one is suppressed. Each
// result has a location, since GitHub refuses others: the connector's source, else
// fivetran-sim.toml. The matrix of `chaos` and a forecast are properties of the run, a result of
// chaos has its cells.
std::string sarif_report(const core::Report& report, const FormatContext& context);

}  // namespace reporters
