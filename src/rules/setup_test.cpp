// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "rules/answer.hpp"
#include "rules/families.hpp"
#include "rules/handler_mixup.hpp"
#include "rules/texts.hpp"

#include <fmt/format.h>

namespace rules {
namespace {

using core::Severity;
using std::chrono::microseconds;
using std::chrono::minutes;

// "Text message size [#####] exceeds maximum size [65536]", and the WebSocket error after five
// minutes: contract §1.4.
constexpr std::uint64_t kMostBytes = 65'536;
constexpr microseconds kLongest = minutes(5);
constexpr microseconds kLong = minutes(1);

// The second test has a state when the first has none, and the other way round; which of them
// Fivetran sends is not known.
bool only_informs(const core::CallView& view) {
  return view.request.only_informs;
}

bool too_large_to_pass(const core::CallView& view) {
  return view.raw.failure == core::FailureKind::response_too_large;
}

bool cut_off_at_limit(const core::CallView& view) {
  return view.raw.failure == core::FailureKind::timed_out && view.timeout >= kLongest;
}

// Why a form would not be saved, or empty.
std::string problem(const core::CallView& view) {
  if (!view.raw.answered() || view.response == nullptr) return failure_text(view);
  const core::SyncResponse& response = *view.response;
  if (response.is_object())
    return reports_error(response)
               ? fmt::format("the connector reports: {}", reported_error(response))
               : "";
  if (response.facts.fault)
    return fmt::format("the response is not valid JSON: line {}, column {}: {}",
                       response.facts.fault->line, response.facts.fault->column,
                       response.facts.fault->what);
  if (response.facts.form == core::BodyForm::empty) return "the response is empty";
  return fmt::format("the response is JSON {}, not an object", name(response.facts.root));
}

}  // namespace

Drafts setup_test_failed(const core::CallView& view) {
  const std::string why = problem(view);
  const bool told_by_size_or_time = too_large_to_pass(view) || cut_off_at_limit(view);
  if (why.empty() || (told_by_size_or_time && !only_informs(view))) return {};
  Draft found = draft("", "", fmt::format("the setup test failed: {}", why));
  found.evidence = failure_evidence(view.raw);
  found.fix = mixup_fix(view.raw);
  if (only_informs(view)) {
    found.severity = Severity::info;
    if (!view.request.send_state) {
      found.message = fmt::format("the setup test without `state` failed: {}", why);
      found.fix = "read `state` with a default, in case that Fivetran leaves it out";
    }
  }
  return {found};
}

Drafts setup_test_too_large(const core::CallView& view) {
  const std::uint64_t size = view.response == nullptr ? 0 : view.response->body.size();
  if (only_informs(view) || (size <= kMostBytes && !too_large_to_pass(view))) return {};
  return {draft("", "",
                too_large_to_pass(view)
                    ? failure_text(view)
                    : fmt::format("the answer to the setup test has {}, above the {} that it may "
                                  "have",
                                  bytes_text(size), base::human_count(kMostBytes)))};
}

Drafts setup_test_too_slow(const core::CallView& view) {
  if (only_informs(view)) return {};
  const microseconds took = view.raw.duration;
  const bool over = took > kLongest || cut_off_at_limit(view);
  if (!over && took <= kLong) return {};
  Draft found =
      draft("", "",
            cut_off_at_limit(view)
                ? fmt::format("the setup test gave no answer within {}", seconds_text(view.timeout))
                : fmt::format("the setup test took {}", seconds_text(took)));
  found.evidence = failure_evidence(view.raw);
  if (!over) found.severity = Severity::warning;
  return {found};
}

Drafts setup_test_returns_rows(const core::CallView& view) {
  if (only_informs(view) || view.response == nullptr) return {};
  const std::uint64_t rows = view.response->insert_rows() + view.response->delete_rows();
  if (rows == 0) return {};
  return {draft("", "/insert",
                fmt::format("the answer to the setup test holds {}", counted(rows, "row")))};
}

}  // namespace rules
