// SPDX-License-Identifier: Apache-2.0
#include "rules/answer.hpp"
#include "rules/families.hpp"
#include "rules/handler_mixup.hpp"
#include "rules/texts.hpp"

#include <fmt/format.h>

namespace rules {
namespace {

using core::FailureKind;

std::string_view fix_for(const core::RawResponse& raw) {
  if (const std::string_view mixup = mixup_fix(raw); !mixup.empty()) return mixup;
  switch (raw.failure) {
    case FailureKind::timed_out:
      return "return a page early with `hasMore` true; about a minute of work a call is a good "
             "size";
    case FailureKind::init_error:
      return "read the error: a module that is not installed, a syntax error or a wrong handler "
             "name are the usual causes";
    case FailureKind::out_of_memory:
      return "hold less in memory at once: return smaller pages with `hasMore` true";
    case FailureKind::unauthorized:
      return "allow the caller to invoke the function: role, external id, function key";
    case FailureKind::not_found: return "check the function's name and region, or the URL";
    case FailureKind::unreachable: return "check the address, and that the server runs";
    default: return {};
  }
}

// "text/html; charset=utf-8" is of the type "text/html".
bool is_json_type(std::string_view content_type) {
  std::string type = lower(content_type.substr(0, content_type.find(';')));
  while (type.ends_with(' ')) type.pop_back();
  return type == "application/json" ||
         (type.starts_with("application/") && type.ends_with("+json"));
}

}  // namespace

Drafts failed_call(const core::CallView& view) {
  const FailureKind failure = view.raw.failure;
  if (failed_by_http_status(view.raw) || failure == FailureKind::response_too_large ||
      failure == FailureKind::request_too_large)
    return {};
  Draft found = draft("", "", failure_text(view));
  found.evidence = failure_evidence(view.raw);
  found.fix = fix_for(view.raw);
  return {found};
}

Drafts http_status(const core::CallView& view) {
  if (!failed_by_http_status(view.raw)) return {};
  Draft found = draft("", "", failure_text(view));
  if (view.raw.failure != FailureKind::http_status && view.raw.http_status)
    found.message += fmt::format(" (HTTP status {})", *view.raw.http_status);
  if (const std::string_view body = view.raw.body.view(); !body.empty())
    found.evidence.push_back(fmt::format("body: {}", shorten(body, 200)));
  for (std::string& line : failure_evidence(view.raw)) found.evidence.push_back(std::move(line));
  found.fix = fix_for(view.raw);
  return {found};
}

Drafts content_type(const core::CallView& view) {
  if (!view.raw.http_status || is_json_type(view.raw.content_type)) return {};
  return {draft("", "",
                view.raw.content_type.empty()
                    ? "the answer has no Content-Type"
                    : fmt::format("the answer is JSON, but its Content-Type is `{}`",
                                  shorten(view.raw.content_type)))};
}

Drafts error_answer(const core::CallView& view) {
  Draft found = draft("", "/errorMessage",
                      fmt::format("the connector reports: {}", reported_error(*view.response)));
  if (view.response->stack_trace.present())
    found.evidence.push_back(
        fmt::format("stackTrace: {}", json_text(view.response->stack_trace.raw, 300)));
  for (std::string& line : failure_evidence(view.raw)) found.evidence.push_back(std::move(line));
  return {found};
}

}  // namespace rules
