// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/raw_response.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace core {

// One call to make.
struct Call {
  std::string_view body;                 // the request as JSON, protocol::to_json
  std::chrono::milliseconds timeout{0};  // the platform's limit for one call
  // Where the connector has to leave its rows; empty: in the answer.
  std::string_view bucket = {}, file = {};
};

// Something that answers sync requests: a program, a handler, a URL, a recorded fixture. Calls are
// made one at a time.
class Connector {
 public:
  virtual ~Connector() = default;
  // A connector that fails gives a RawResponse that says so. Error: our own world failed (no
  // interpreter, no such file, no free port). A call that may have run is never repeated here.
  virtual base::Result<RawResponse> invoke(const Call& call) = 0;
  // The target as the user would type it, with its scheme.
  virtual std::string describe() const = 0;
  // Ends what still runs. May be called from another thread while `invoke` waits; that call then
  // returns at once with FailureKind::exited.
  virtual void stop() noexcept = 0;
};

// Gets each line that a connector prints, as it comes, possibly from another thread.
using LogSink = std::function<void(std::string_view line)>;

}  // namespace core
