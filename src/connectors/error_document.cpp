// SPDX-License-Identifier: Apache-2.0
#include "connectors/error_document.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace connectors {
namespace {

using nlohmann::json;

std::string text_of(const json& document, const char* key) {
  const auto found = document.find(key);
  if (found == document.end() || found->is_null()) return {};
  return found->is_string() ? found->get<std::string>()
                            : found->dump(-1, ' ', false, json::error_handler_t::replace);
}

// "  at main.handle (handler.go:12)" for an object, a string as it is.
std::string frame_text(const json& frame) {
  if (frame.is_string()) {
    std::string text = frame.get<std::string>();
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  }
  if (!frame.is_object()) return frame.dump(-1, ' ', false, json::error_handler_t::replace);
  return fmt::format("  at {} ({}:{})", text_of(frame, "label"), text_of(frame, "path"),
                     text_of(frame, "line"));
}

void read_list(const json& document, const char* key, std::vector<std::string>& to) {
  const auto found = document.find(key);
  if (found == document.end() || !found->is_array()) return;
  for (const json& entry : *found) to.push_back(frame_text(entry));
}

}  // namespace

ErrorDocument read_error_document(std::string_view body, std::string_view type_header) {
  ErrorDocument error;
  const json document = json::parse(body, nullptr, false);
  if (document.is_object()) {
    error.type = text_of(document, "errorType");
    error.message = text_of(document, "errorMessage");
    read_list(document, "stackTrace", error.stack_trace);
    if (error.stack_trace.empty()) read_list(document, "trace", error.stack_trace);
    error.lists_functions = document.contains("functions");
    read_list(document, "functions", error.functions);
  } else {
    error.message = body;
  }
  if (error.type.empty()) error.type = type_header;
  return error;
}

}  // namespace connectors
