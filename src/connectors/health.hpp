// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/environment.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connectors {

// What was found out about one thing that connectors need.
struct HealthCheck {
  enum class Status {
    ok,
    absent,   // not installed, not there
    failed,   // there, but it cannot be used
    unknown,  // it could not be seen
  };
  std::string subject;  // "python3", "function"
  Status status = Status::ok;
  std::string detail;   // version and place, or what is wrong
  std::string advice;   // what to type; empty when nothing is to be done
  bool needed = false;  // the target cannot be called without it
};
std::string_view name(HealthCheck::Status status);

// Every program that some kind of target, or a test of one, may use: whether it is on the PATH, and
// its version. None of them is needed as such.
std::vector<HealthCheck> check_programs();

// What the target needs, and how it would be called. The connector itself is not called.
std::vector<HealthCheck> check_target(const Target& target, const ConnectorOptions& options);

// The first line with text in it that `PROGRAM ARGUMENT` prints; empty when it cannot be run, fails
// or does not end within 20 seconds.
std::string version_line(const std::string& program, const std::string& argument,
                         const Environment& env);

}  // namespace connectors
