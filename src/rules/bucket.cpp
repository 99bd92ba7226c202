// SPDX-License-Identifier: Apache-2.0
#include "rules/families.hpp"
#include "rules/texts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rules {
namespace {

using Arrival = core::BucketFile::Arrival;

std::string object_name(const core::CallView& view) {
  return fmt::format("s3://{}/{}", view.request.bucket, view.request.file);
}

// The file is there, so what it holds can be judged.
bool has_file(const core::CallView& view) {
  const auto& file = view.response->file;
  return file && file->arrival == Arrival::in_time && file->bytes > 0;
}

std::string beginning(const core::CallView& view) {
  constexpr std::size_t kLooked = 400, kShown = 200;
  return "the file begins: " + shorten(view.response->file_body.view().substr(0, kLooked), kShown);
}

bool is_under_another_name(const core::CallView& view) {
  const auto& file = view.response->file;
  return file && file->arrival == Arrival::never && !file->elsewhere.empty();
}

// What the content is instead of an object, and what to do.
Draft no_object(const core::CallView& view) {
  const core::FileFacts& file = *view.response->file;
  Draft found = draft("", "", object_name(view));
  if (file.compressed) {
    found.message += " is compressed with gzip";
    found.fix = "write the JSON as plain UTF-8 text";
    return found;
  }
  if (file.facts.fault) {
    const core::SyntaxFault& fault = *file.facts.fault;
    found.message += fmt::format(" is not one JSON object: line {}, column {}: {}", fault.line,
                                 fault.column, fault.what);
    if (!fault.excerpt.empty()) found.evidence.push_back("near: " + fault.excerpt);
    found.fix = fault.hint;
    return found;
  }
  if (file.facts.form == core::BodyForm::empty) {
    found.message += " holds nothing but white space";
    return found;
  }
  found.message += fmt::format(" is a JSON {}, not an object", name(file.facts.root));
  if (file.facts.root_string_holds_json)
    found.fix = "encode the object once: the file is a JSON string that holds JSON";
  found.evidence.push_back(beginning(view));
  return found;
}

}  // namespace

Drafts file_missing(const core::CallView& view) {
  const auto& file = view.response->file;
  if (!file || has_file(view)) return {};
  Draft found = draft("", "", "");
  switch (file->arrival) {
    case Arrival::in_time:
      found.message = fmt::format("{} is empty", object_name(view));
      found.fix = "write {\"insert\": {}} when there are no rows";
      break;
    case Arrival::late:
      found.message = fmt::format(
          "{} was written after the function had returned, when Fivetran looks for it already",
          object_name(view));
      found.fix = "wait for the put before returning: `await s3.send(…)`, `.promise()`";
      break;
    case Arrival::never:
      found.message =
          fmt::format("the function returned, but nothing was written to {}", object_name(view));
      if (file->inline_insert.present() || file->inline_delete.present())
        found.fix =
            "write {\"insert\": …, \"delete\": …} to request['bucket'] under "
            "request['file'] instead of returning it, or choose the sync method \"Sync "
            "directly\"";
      break;
  }
  if (is_under_another_name(view)) found.told_by = "S3-04";
  return {found};
}

Drafts file_not_one_object(const core::CallView& view) {
  if (!has_file(view)) return {};
  const core::FileFacts& file = *view.response->file;
  if (file.facts.form != core::BodyForm::object) return {no_object(view)};
  if (file.has_rows_fields || file.facts.unknown_keys.empty()) return {};
  std::vector<std::string_view> keys;
  for (const auto& unknown : file.facts.unknown_keys) keys.push_back(unknown.key);
  Draft found = draft("", "",
                      fmt::format("{} has neither `insert` nor `delete` at its root, but {}",
                                  object_name(view), names_text(keys)));
  found.evidence.push_back(beginning(view));
  return {found};
}

Drafts misplaced_between_file_and_answer(const core::CallView& view) {
  if (!view.response->file) return {};
  const core::FileFacts& file = *view.response->file;
  Drafts found;
  std::vector<std::string_view> returned;
  if (file.inline_insert.present()) returned.emplace_back("insert");
  if (file.inline_delete.present()) returned.emplace_back("delete");
  if (!returned.empty()) {
    Draft one = draft("", fmt::format("/{}", returned.front()),
                      fmt::format("{} came in the answer; in a sync through S3 rows are taken from "
                                  "the file alone",
                                  names_text(returned)));
    one.told_by = file.arrival == Arrival::never ? "S3-01" : "";
    found.push_back(std::move(one));
  }
  if (has_file(view) && !file.answer_keys.empty()) {
    Draft one = draft("", fmt::format("/{}", file.answer_keys.front()),
                      fmt::format("{} stands in the file, where Fivetran does not look for it",
                                  names_text(file.answer_keys)));
    one.fix = "return it from the function; the file holds `insert` and `delete` only";
    found.push_back(std::move(one));
  }
  return found;
}

Drafts file_under_another_name(const core::CallView& view) {
  if (!is_under_another_name(view)) return {};
  const auto& elsewhere = view.response->file->elsewhere;
  Draft found = draft("", "",
                      fmt::format("nothing was written to {}, but to s3://{}", object_name(view),
                                  elsewhere.front()));
  constexpr std::size_t kShown = 3;
  for (std::size_t i = 0; i < std::min(elsewhere.size(), kShown); ++i)
    found.evidence.push_back(fmt::format("written: s3://{}", elsewhere[i]));
  return {found};
}

}  // namespace rules
