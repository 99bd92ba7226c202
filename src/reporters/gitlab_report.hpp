// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"

#include <string>

namespace reporters {

// GitLab's Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/): a list of
// issues, each with description, check_name, fingerprint, severity and location. Pardoned findings
// are left out, since the format cannot say so.
std::string gitlab_report(const core::Report& report);

}  // namespace reporters
