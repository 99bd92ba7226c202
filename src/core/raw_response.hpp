// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/padded_buffer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

// Why a call gave no answer of the connector's own.
enum class FailureKind {
  none,            // the connector answered: see `body`
  function_error,  // its handler raised (Lambda's FunctionError); error_type and error_message tell
  init_error,      // it failed while loading: syntax error, import error, unknown handler
  exited,          // the process ended before or during the call
  timed_out,       // no answer within the time limit; it was killed
  out_of_memory,
  response_too_large,  // above the platform's limit, so the platform would not pass it on
  request_too_large,   // the platform would refuse the request
  http_status,         // an HTTP status other than 200
  throttled,
  unauthorized,
  not_found,
  unreachable,  // the endpoint could not be talked to
};
std::string_view name(FailureKind kind);  // "function_error", …

// What a call left in the bucket that its request named: contract §2.2.
struct BucketFile {
  enum class Arrival {
    in_time,  // it was there when the function returned
    late,     // it came afterwards, when Fivetran would have looked already
    never,
  };
  Arrival arrival = Arrival::never;
  base::PaddedBuffer bytes;
  // "bucket/key" of what was written besides, where that can be seen.
  std::vector<std::string> elsewhere;
};

// Everything one call gave. Body bytes are exactly what the connector sent.
struct RawResponse {
  base::PaddedBuffer body;
  FailureKind failure = FailureKind::none;
  std::string error_type;  // e.g. "Runtime.ImportModuleError", "ValueError"; may be empty
  std::string error_message;
  std::vector<std::string> stack_trace;
  std::vector<std::string> log_tail;  // the last lines that the connector printed, at most kLogTail
  std::uint64_t log_lines = 0;        // all it printed during the call
  std::optional<int> exit_code;       // set when its process ended
  int signal = 0;
  std::optional<int> http_status;
  std::string content_type;
  std::chrono::microseconds duration{0};
  std::optional<std::chrono::microseconds> init_duration;  // set when the call started the process
  std::uint64_t peak_memory_bytes = 0;                     // 0: not known
  // What a deployed Lambda function's REPORT line says beside that; unset or 0: not known.
  std::optional<std::chrono::microseconds> billed_duration;
  std::uint64_t memory_size_bytes = 0;
  std::string executed_version;  // of a deployed function: "$LATEST", "7"
  // The size of what was not passed on, for the two too_large failures; where the limit cut it off,
  // what had come until then.
  std::uint64_t refused_bytes = 0;
  std::optional<BucketFile> file;  // set when the call named a bucket and the connector answered
  bool may_have_run =
      true;  // false only when the connector surely did not run: such a call may be repeated
  std::string request_id;

  static constexpr std::size_t kLogTail = 50;
  bool answered() const noexcept { return failure == FailureKind::none; }
};

}  // namespace core
