// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/connector.hpp"
#include "core/report.hpp"
#include "core/reporter.hpp"
#include "fixtures/difference.hpp"
#include "fixtures/fixture.hpp"
#include "protocol/redactor.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace workflows {

struct ReplayOptions {
  fixtures::Match match = fixtures::Match::shape;
  std::vector<std::string> ignore;  // JSON pointers with `*`
  std::string secrets_json = "{}";  // put back into the recorded requests
  protocol::Redactor redactor;      // of them; the answers are compared without secrets
  std::chrono::milliseconds timeout{0};
  std::function<bool()> interrupted;
};

// A recorded request with its secrets put back, ready to be sent. Error (usage): it wants a secret
// that is not configured.
base::Result<std::string> with_secrets(std::string_view recorded_request,
                                       std::string_view secrets_json);

// Sends each recorded request to a connector and compares what comes with what was recorded. What
// differs becomes findings: CON-01, of the state CON-08, calls that would not be made any more
// CON-02 or that are not recorded CON-03; a call that fails and did not is INV-01. `report` takes
// syncs and findings, also when an Error ends it.
base::Result<void> replay(const fixtures::Fixture& fixture, core::Connector& connector,
                          const ReplayOptions& options, core::Reporter& reporter,
                          core::Report& report);

// Where the answers to one request differ from each other.
struct Unstable {
  std::string pattern;  // "/insert/orders/*/fetched_at"
  bool always = false;  // in each pair of answers
};

// Sends each recorded request three times.
base::Result<std::vector<Unstable>> find_unstable(const fixtures::Fixture& fixture,
                                                  core::Connector& connector,
                                                  const ReplayOptions& options);

}  // namespace workflows
