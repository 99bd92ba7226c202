// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflows/replay.hpp"

#include <optional>
#include <string>

namespace workflows {

// An answer to compare: without secrets, its rows where they came through a bucket put into it.
struct Comparable {
  std::optional<fixtures::Document> document;  // none: it is no JSON
  std::string raw;                             // then: what came
  fixtures::JsonValue value;
};

Comparable comparable(const core::RawResponse& raw, const fixtures::Fixture& fixture,
                      const ReplayOptions& options);

// Sends a recorded request.
base::Result<core::RawResponse> send(core::Connector& connector, const std::string& request,
                                     const ReplayOptions& options);

// The pointer patterns by step. Error (usage): one of them is no pointer.
base::Result<fixtures::CompareOptions> compare_options(const fixtures::Fixture& fixture,
                                                       const ReplayOptions& options);

}  // namespace workflows
