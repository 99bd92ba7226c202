// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "core/raw_response.hpp"

#include <string>
#include <string_view>

namespace protocol {

// What a body cannot say of an answer, as a document beside it; all keys are optional:
//
//   {"failure": "timed_out",          a name of core::FailureKind
//    "errorType": "…", "errorMessage": "…", "stackTrace": ["…"], "exitCode": 1, "signal": 9,
//    "httpStatus": 503, "contentType": "text/html",
//    "refusedBytes": 7000000,         of an answer that was too large
//    "seconds": 12.5,                 how long it is said to have taken, to 1000000; nothing waits
//    "log": ["…"],                    what it is said to have printed
//    "fileLate": true,                the file in the bucket came after the function had returned
//    "wrote": ["bucket/key"],         what else it wrote to S3
//    "sampled": {…}}                  which rows a recording left out; see docs/fixtures.md
//
// Scenarios and fixtures share it.

// Reads such a document into `raw`, but for `sampled`. Error (usage), with file and line: no JSON,
// not an object, an unknown key or failure, a value of another kind than expected.
base::Result<void> apply_answer_meta(const std::string& file, std::string_view text,
                                     core::RawResponse& raw);

// The document of an answer: what differs from one that came with status 200 as JSON; empty when
// nothing does. No times and no log, which differ from call to call, and no stack, which names
// folders of the machine that it came from, and no `sampled`.
std::string answer_meta_text(const core::RawResponse& raw);

}  // namespace protocol
