// SPDX-License-Identifier: Apache-2.0
#include "workflows/expectations.hpp"

#include "workflows/suite.hpp"
#include "workflows/suite_probes.hpp"

#include <doctest/doctest.h>

TEST_CASE("a number of rows is exact, at least or a range") {
  CHECK(workflows::parse_row_range("237")->least == 237);
  CHECK(workflows::parse_row_range("237")->most == 237);
  CHECK(workflows::parse_row_range(">=1")->least == 1);
  CHECK(workflows::parse_row_range(">= 1")->most > 1'000'000'000);
  CHECK(workflows::parse_row_range("0..300")->most == 300);
  for (const char* wrong : {"", "-1", "1.5", "3..2", "..3", "3..", "many", ">=", "1 2"})
    CHECK_FALSE(workflows::parse_row_range(wrong));
}

TEST_CASE("keys are reversed at every depth, values and lists stay") {
  CHECK(workflows::with_reversed_keys(R"({"a":1,"b":{"c":[{"x":1,"y":2.50}],"d":"}"}})") ==
        R"({"b":{"d":"}","c":[{"y":2.50,"x":1}]},"a":1})");
  CHECK(workflows::with_reversed_keys(R"({"a":{}})") == R"({"a":{}})");
  CHECK(workflows::with_reversed_keys("[]") == "[]");
}

TEST_CASE("a check fails by findings that count, not by others") {
  core::Report report;
  report.checks.resize(2);
  report.findings.resize(3);
  for (core::Finding& finding : report.findings) finding.severity = core::Severity::error;
  report.findings[0].check = 1;
  report.findings[1].check = 2;
  report.findings[1].pardon = core::Pardon::waived;
  workflows::settle_checks(report);
  CHECK(report.checks[0].outcome == core::CheckOutcome::failed);
  CHECK(report.checks[0].detail == "1 finding");
  CHECK(report.checks[1].outcome == core::CheckOutcome::passed);
}
