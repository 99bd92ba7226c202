// SPDX-License-Identifier: Apache-2.0
#include "rules/answer.hpp"

#include "rules/nesting.hpp"
#include "rules/texts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

using core::FailureKind;
using core::JsonKind;

bool is_envelope(const core::SyncResponse& response) {
  const auto has = [&](std::string_view key) {
    return std::ranges::find(response.facts.unknown_keys, key, &core::ParseFacts::RootKey::key) !=
           response.facts.unknown_keys.end();
  };
  return !response.state.present() && !response.insert.present() && has("body") &&
         (has("statusCode") || has("status") || has("headers") || has("isBase64Encoded"));
}

// "why: <error>", or only one of the two.
std::string with_error(std::string_view why, const core::RawResponse& raw) {
  const std::string error = error_text(raw.error_type, raw.error_message);
  if (error.empty()) return std::string(why);
  return fmt::format("{}: {}", why, error);
}

std::string end_of_process(const core::RawResponse& raw) {
  if (raw.signal != 0) return fmt::format("ended by signal {}", raw.signal);
  if (raw.exit_code) return fmt::format("exit status {}", *raw.exit_code);
  return "no exit status";
}

}  // namespace

Form form_of(const core::CallView& view) {
  if (view.request.setup_test) return Form::setup_test;
  if (!view.raw.answered() || view.response == nullptr) return Form::no_answer;
  if (!view.response->is_object()) return Form::unreadable;
  if (reports_error(*view.response)) return Form::error_report;
  if (is_envelope(*view.response) || !nested_response(*view.response).empty())
    return Form::envelope;
  return Form::page;
}

bool reports_error(const core::SyncResponse& response) {
  switch (response.error_message.kind) {
    case JsonKind::absent:
    case JsonKind::null: return false;
    case JsonKind::boolean: return response.error_message.raw == "true";
    case JsonKind::string: return !response.error_message_text.empty();
    case JsonKind::number:
    case JsonKind::object:
    case JsonKind::array: return true;
  }
  return true;
}

std::string reported_error(const core::SyncResponse& response) {
  const bool text = response.error_message.kind == JsonKind::string;
  return error_text(response.error_type_text,
                    text ? response.error_message_text : response.error_message.raw);
}

bool failed_by_http_status(const core::RawResponse& raw) {
  switch (raw.failure) {
    case FailureKind::http_status: return true;
    case FailureKind::throttled:
    case FailureKind::unauthorized:
    case FailureKind::not_found: return raw.http_status.has_value();
    default: return false;
  }
}

std::string failure_text(const core::CallView& view) {
  const core::RawResponse& raw = view.raw;
  switch (raw.failure) {
    case FailureKind::none: return "the connector gave no answer";
    case FailureKind::function_error: return with_error("the handler raised an error", raw);
    case FailureKind::init_error: return with_error("the function could not be loaded", raw);
    case FailureKind::exited:
      return with_error(
          fmt::format("the connector ended without an answer ({})", end_of_process(raw)), raw);
    case FailureKind::timed_out:
      return fmt::format("no answer within {}, so the call was ended", seconds_text(view.timeout));
    case FailureKind::out_of_memory: return with_error("the connector ran out of memory", raw);
    case FailureKind::response_too_large:
      return with_error("the platform does not pass on a response of this size", raw);
    case FailureKind::request_too_large:
      return with_error("the platform does not take a request of this size", raw);
    case FailureKind::http_status:
      return with_error(fmt::format("the function answered with HTTP status {} instead of 200",
                                    raw.http_status.value_or(0)),
                        raw);
    case FailureKind::throttled:
      return with_error("the platform refused the call for now: too many calls", raw);
    case FailureKind::unauthorized: return with_error("the call is not allowed", raw);
    case FailureKind::not_found: return with_error("the function was not found", raw);
    case FailureKind::unreachable: return with_error("the function could not be reached", raw);
  }
  return "";
}

std::vector<std::string> failure_evidence(const core::RawResponse& raw) {
  constexpr std::size_t kLines = 5, kWidth = 200;
  std::vector<std::string> lines;
  const auto last_of = [&](const std::vector<std::string>& source, std::string_view label) {
    for (std::size_t i = source.size() - std::min(source.size(), kLines); i < source.size(); ++i)
      lines.push_back(fmt::format("{}: {}", label, shorten(source[i], kWidth)));
  };
  last_of(raw.stack_trace, "trace");
  last_of(raw.log_tail, "log");
  return lines;
}

}  // namespace rules
