// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_client.hpp"
#include "core/raw_response.hpp"
#include "core/rule.hpp"

#include <string_view>

namespace connectors {

// Whether the URL is the invoke address of a Lambda runtime emulator (AWS's RIE, SAM, this
// program's `serve lambda`): …/2015-03-31/functions/NAME/invocations.
bool is_lambda_address(std::string_view url);

// Takes an answer that arrived. Of a function: status 200 is its answer, all else a failure; a
// redirect is one and is not followed.
void take_function_answer(base::HttpAnswer answer, core::RawResponse& raw);

// The status of an HTTP function's answer: all but 200 is a failure.
void take_http_status(int status, core::RawResponse& raw);

// Of a Lambda emulator: always 200. A failure is told by X-Amz-Function-Error, or where the
// emulator sends none (AWS's RIE never does) by its form: no body at all after a crash, the words
// "Task timed out after", or a document with `errorMessage` and no `state`.
void take_emulator_answer(base::HttpAnswer answer, core::RawResponse& raw);

}  // namespace connectors
