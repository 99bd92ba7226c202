// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/padded_buffer.hpp"
#include "base/result.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>
#include <string>
#include <vector>

namespace connectors {

// Plays the hand-written responses of a folder: its *.json in alphabetical order, one a call, going
// on over syncs; each body is passed byte for byte. What the request says does not matter.
//
// NAME.file.json beside it is what the connector left in the S3 bucket, in a sync through one.
//
// NAME.meta.json beside NAME.json, or alone, says what a body cannot; all keys are optional:
//
//   {"failure": "timed_out",          a name of core::FailureKind
//    "errorType": "…", "errorMessage": "…", "stackTrace": ["…"], "exitCode": 1,
//    "httpStatus": 503, "contentType": "text/html",
//    "seconds": 12.5,                 how long the call is said to have taken; nothing waits
//    "log": ["…"],                    what it is said to have printed
//    "fileLate": true,                NAME.file.json came after the function had returned
//    "wrote": ["bucket/key"]}         what else it wrote to S3
//
// Errors of a call (usage): no file is left, a meta file is no such document.
base::Result<std::unique_ptr<core::Connector>> make_scenario_connector(const Target& target,
                                                                       core::LogSink log);

// Plays documents that are in memory already, one a call; for `check`. `name` is what it is called.
// A call after the last one is an Error (usage).
std::unique_ptr<core::Connector> make_document_connector(std::string name,
                                                         std::vector<base::PaddedBuffer> documents);

}  // namespace connectors
