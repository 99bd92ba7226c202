// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace core {

// What a reader of a finding opens: the handler's file, the fixture's folder. A path as the
// repository has it, with '/'.
struct Source {
  std::string file;  // empty: not known
  int line = 1;
};

enum class CheckOutcome { passed, failed, skipped };
std::string_view name(CheckOutcome outcome);

// One thing that a suite tested. What it found says so: Finding::check.
struct Check {
  std::string target, name;  // "python:main.py:lambda_handler", "historical sync"
  CheckOutcome outcome = CheckOutcome::passed;
  std::string detail;  // why it failed or was left out; may be empty
  std::chrono::microseconds duration{0};
  Source source;
};

}  // namespace core
