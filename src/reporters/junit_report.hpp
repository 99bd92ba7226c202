// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report.hpp"

#include <string>

namespace reporters {

// JUnit XML as GitLab, Jenkins, Azure and CircleCI read it: a test suite for each target, a test
// case for each check and each finding. <failure> is a finding that counts, <error> what could not
// be tested, <skipped> a finding that does not count. The exit code is a property. Of `chaos`, a
// test case for each page and fault, its class the fault, and a property for each line of the
// matrix.
std::string junit_report(const core::Report& report);

}  // namespace reporters
