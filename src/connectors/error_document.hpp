// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace connectors {

// What a runtime posts when a handler raised or could not be loaded.
struct ErrorDocument {
  std::string type, message;
  std::vector<std::string> stack_trace;  // one entry a line or frame
  bool lists_functions = false;          // it says which functions there are: only our clients do
  std::vector<std::string> functions;
};

// Reads {"errorMessage", "errorType", "stackTrace"} with what real clients make of it: the trace is
// a list of strings (Python), of {"path", "line", "label"} (Go, Java), or called "trace" (Node).
// The type falls back to `type_header`, the request's Lambda-Runtime-Function-Error-Type. A body
// that is no such document becomes the message.
ErrorDocument read_error_document(std::string_view body, std::string_view type_header);

}  // namespace connectors
