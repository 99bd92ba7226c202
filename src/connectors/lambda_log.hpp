// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/log_tail.hpp"
#include "core/raw_response.hpp"

#include <string_view>

namespace connectors {

// Takes the log tail that Lambda returns with an answer (X-Amz-Log-Result: base64 of the last 4
// KB): what the function printed goes to `log`; the platform's REPORT line gives duration, billed
// duration, memory and init duration of `raw`, and the request id where it has none. START, END and
// INIT_START lines are dropped.
void take_log_tail(std::string_view log_result, LogTail& log, core::RawResponse& raw);

// Fills in what an answer with FunctionError says: the error document in `raw.body`, which is
// emptied, and the failure that its type stands for.
void take_function_error(core::RawResponse& raw);

// Takes what `aws lambda invoke` prints, a JSON object with ExecutedVersion, LogResult and
// FunctionError, into `raw`, whose body has come already. False: it is no such document.
bool take_cli_document(std::string_view output, LogTail& log, core::RawResponse& raw);

}  // namespace connectors
