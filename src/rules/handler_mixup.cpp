// SPDX-License-Identifier: Apache-2.0
#include "rules/handler_mixup.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace rules {
namespace {

constexpr std::string_view kHttpAsLambda =
    "this looks like a function for Google Cloud or Azure, which takes an HTTP request, called as "
    "a "
    "Lambda handler: test it through its server (target serve: or http://), or make it a handler "
    "that takes (event, context), reads event[\"state\"] and returns the object itself";
constexpr std::string_view kLambdaAsHttp =
    "this looks like a Lambda handler, which takes (event, context), called with an HTTP request: "
    "test it with python:FILE:FUNCTION, node:FILE:FUNCTION or runtime:, or make it a function that "
    "reads the request's JSON and answers with JSON";

// An event is a plain dict or object without the members of a request.
constexpr auto kHttpSigns = std::to_array<std::string_view>({
    "'dict' object has no attribute 'get_json'",
    "'dict' object has no attribute 'get_body'",
    "'dict' object has no attribute 'args'",
    "'dict' object has no attribute 'params'",
    "'dict' object has no attribute 'method'",
    "'dict' object has no attribute 'headers'",
    "'dict' object has no attribute 'data'",
    "'dict' object has no attribute 'json'",
    "takes 1 positional argument but 2 were given",
    "Object of type Response is not JSON serializable",
    "Object of type HttpResponse is not JSON serializable",
    "Cannot read properties of undefined (reading 'state')",
    "Cannot read properties of undefined (reading 'secrets')",
    "res.status is not a function",
    "res.json is not a function",
    "res.send is not a function",
    "res.set is not a function",
    "response.status is not a function",
    "response.json is not a function",
    "response.send is not a function",
    "req.json is not a function",
    "request.json is not a function",
    "context.log is not a function",
});
constexpr auto kLambdaSigns = std::to_array<std::string_view>({
    "missing 1 required positional argument: 'context'",
    "missing 1 required positional argument: '_context'",
    "missing 1 required positional argument: '_'",
    "'Request' object is not subscriptable",
    "'HttpRequest' object is not subscriptable",
    "'Request' object has no attribute 'get'",
    "'HttpRequest' object has no attribute 'get'",
});

bool shows_any(const core::RawResponse& raw, std::span<const std::string_view> signs) {
  const auto shows = [&](std::string_view text) {
    return std::ranges::any_of(
        signs, [&](std::string_view sign) { return text.find(sign) != std::string_view::npos; });
  };
  return shows(raw.error_message) || std::ranges::any_of(raw.log_tail, shows) ||
         std::ranges::any_of(raw.stack_trace, shows);
}

}  // namespace

std::string_view mixup_fix(const core::RawResponse& raw) {
  // Over HTTP the function was called as one for HTTP, else as a Lambda handler.
  if (raw.http_status) return shows_any(raw, kLambdaSigns) ? kLambdaAsHttp : "";
  return shows_any(raw, kHttpSigns) ? kHttpAsLambda : "";
}

}  // namespace rules
