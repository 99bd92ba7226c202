// SPDX-License-Identifier: Apache-2.0
#include "connectors/platform_words.hpp"

#include <string>

#include <fmt/core.h>

namespace connectors {

using core::FailureKind;

void set_exited(core::RawResponse& raw, const base::ExitStatus& status) {
  raw.failure = status.out_of_memory ? FailureKind::out_of_memory : FailureKind::exited;
  raw.error_type = status.out_of_memory ? "Runtime.OutOfMemory" : "Runtime.ExitError";
  const std::string what = status.ok()
                               ? "Runtime exited without providing a reason"
                               : fmt::format("Runtime exited with error: {}", status.text());
  raw.error_message = fmt::format("RequestId: {} Error: {}", raw.request_id, what);
  if (status.signal == 0) raw.exit_code = status.code;
  raw.signal = status.signal;
  raw.peak_memory_bytes = status.peak_memory_bytes;
}

void set_timed_out(core::RawResponse& raw, std::chrono::milliseconds limit) {
  raw.failure = FailureKind::timed_out;
  raw.error_type = "Sandbox.Timedout";
  raw.error_message = fmt::format("RequestId: {} Error: Task timed out after {:.2f} seconds",
                                  raw.request_id, static_cast<double>(limit.count()) / 1000);
}

void set_response_too_large(core::RawResponse& raw, std::uint64_t bytes, std::uint64_t limit) {
  raw.failure = FailureKind::response_too_large;
  raw.error_type = "Function.ResponseSizeTooLarge";
  raw.error_message =
      fmt::format("Response payload size exceeded maximum allowed payload size ({} bytes).", limit);
  raw.refused_bytes = bytes;
}

void set_request_too_large(core::RawResponse& raw, std::uint64_t bytes, std::uint64_t limit) {
  raw.failure = FailureKind::request_too_large;
  raw.error_type = "RequestEntityTooLargeException";
  raw.error_message = fmt::format(
      "{} byte payload is too large for the RequestResponse invocation type (limit {} bytes)",
      bytes, limit);
  raw.http_status = 413;
  raw.refused_bytes = bytes;
  raw.may_have_run = false;
}

void set_stopped(core::RawResponse& raw) {
  raw.failure = FailureKind::exited;
  raw.error_type = "Runtime.ExitError";
  raw.error_message = "the connector was stopped before it answered";
}

}  // namespace connectors
