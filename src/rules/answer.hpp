// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/rule.hpp"

#include <string>
#include <vector>

namespace rules {

// What an answer is as a whole decides which rules look at it, so that one cause gives one finding:
// nobody is told that `insert` is missing from a body that is no JSON. Bits, so that a rule can
// name several.
enum Form : unsigned {
  setup_test = 1,
  no_answer = 2,      // the call failed
  unreadable = 4,     // no JSON object
  envelope = 8,       // {statusCode, body}
  error_report = 16,  // `errorMessage` says that the connector failed
  page = 32,
  object = envelope | error_report | page,
  answered = unreadable | object,
};
Form form_of(const core::CallView& view);

// `errorMessage` that reports a failure: not null, not false and not empty.
bool reports_error(const core::SyncResponse& response);
// Its text: "<errorType> : <errorMessage>".
std::string reported_error(const core::SyncResponse& response);

// A failed call over HTTP: told with its status.
bool failed_by_http_status(const core::RawResponse& raw);
// What became of a call that failed, in one sentence.
std::string failure_text(const core::CallView& view);
// The last log lines and the innermost lines of the stack trace, each shortened.
std::vector<std::string> failure_evidence(const core::RawResponse& raw);

// Rows travel through an S3 bucket, so the response holds none.
inline bool through_bucket(const core::CallView& view) {
  return !view.request.bucket.empty();
}

}  // namespace rules
