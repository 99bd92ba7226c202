// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/process.hpp"
#include "core/raw_response.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace connectors {

// What AWS Lambda tells a caller when the function itself gave no answer. Each function fills in
// failure, error type and message; where the texts come from: the AWS Lambda Developer Guide,
// "Understanding the Lambda execution environment lifecycle", and the source of AWS's Runtime
// Interface Emulator.

// "RequestId: ID Error: Runtime exited with error: exit status 42", or out of memory.
void set_exited(core::RawResponse& raw, const base::ExitStatus& status);
// "RequestId: ID Error: Task timed out after 3.00 seconds".
void set_timed_out(core::RawResponse& raw, std::chrono::milliseconds limit);
// "Response payload size exceeded maximum allowed payload size (6291556 bytes)."
void set_response_too_large(core::RawResponse& raw, std::uint64_t bytes, std::uint64_t limit);
// "N byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)"
void set_request_too_large(core::RawResponse& raw, std::uint64_t bytes, std::uint64_t limit);
// The caller stopped the connector.
void set_stopped(core::RawResponse& raw);

}  // namespace connectors
