// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_text.hpp"
#include "protocol/pointer.hpp"
#include "rules/answer.hpp"
#include "rules/families.hpp"
#include "rules/near_miss.hpp"
#include "rules/nesting.hpp"
#include "rules/texts.hpp"

#include <array>

#include <fmt/format.h>

namespace rules {
namespace {

using core::JsonKind;

// What comes of a key that Fivetran does not recognise.
std::string_view consequence_of(std::string_view meant) {
  if (meant == "hasMore") return "the sync ends after this call";
  if (meant == "insert") return "its rows are not loaded";
  if (meant == "delete") return "its rows are not deleted";
  if (meant == "schema") return "rows are appended instead of merged";
  if (meant == "softDelete") return "no row is marked as deleted";
  if (meant == "state") return "there is no state to go on from";
  return "the failure is not seen";
}

struct Hint {
  std::string_view key, text;
};

constexpr std::array kHints = {
    Hint{"update", "there is no `update`: a row under `insert` replaces the stored row of its key"},
    Hint{"updates",
         "there is no `updates`: a row under `insert` replaces the stored row of its key"},
    Hint{"upsert", "there is no `upsert`: a row under `insert` replaces the stored row of its key"},
    Hint{"upserts",
         "there is no `upserts`: a row under `insert` replaces the stored row of its key"},
    Hint{"truncate",
         "there is no `truncate`: name the table in `softDelete` and send all its rows"},
    Hint{"data", "rows belong under `insert`, by table"},
    Hint{"rows", "rows belong under `insert`, by table"},
    Hint{"records", "rows belong under `insert`, by table"},
    Hint{"cursor", "cursors belong into `state`"},
    Hint{"error", "a failure is reported as `errorMessage`"},
    Hint{"message", "a failure is reported as `errorMessage`"},
    Hint{"statusCode", "a status is not read: return the response document alone"},
};

// A response that lacks everything has one cause, and the missing state tells it.
bool lacks_everything(const core::SyncResponse& response) {
  return !response.state.present() && !response.insert.present() && !response.del.present() &&
         !response.has_more_field.present();
}

// [body, 200, headers]: a tuple for Flask became an array.
bool is_response_tuple(std::string_view body) {
  const auto parts = protocol::elements(body);
  return parts && (parts->size() == 2 || parts->size() == 3) && (*parts)[1].size() == 3 &&
         (*parts)[1].find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

Drafts not_json(const core::CallView& view) {
  const core::ParseFacts& facts = view.response->facts;
  if (facts.form == core::BodyForm::empty) {
    Draft found = draft("", "", "the response is empty: nothing was returned");
    found.evidence = failure_evidence(view.raw);
    return {found};
  }
  if (facts.root == JsonKind::null) {
    Draft found = draft("", "", "the response is `null`: the handler returned nothing");
    found.evidence = failure_evidence(view.raw);
    found.fix =
        "return the response object on every path, also after an exception was caught: report it "
        "as `errorMessage` or let it through";
    return {found};
  }
  if (!facts.fault) return {};
  const core::SyntaxFault& fault = *facts.fault;
  Draft found = draft("", "",
                      fmt::format("the response is not valid JSON: line {}, column {}: {}",
                                  fault.line, fault.column, fault.what));
  if (!fault.excerpt.empty()) found.evidence.push_back(fmt::format("near: {}", fault.excerpt));
  if (!view.raw.content_type.empty())
    found.evidence.push_back(fmt::format("Content-Type: {}", shorten(view.raw.content_type)));
  for (std::string& line : failure_evidence(view.raw)) found.evidence.push_back(std::move(line));
  found.fix = fault.hint;
  return {found};
}

Drafts not_an_object(const core::CallView& view) {
  const core::ParseFacts& facts = view.response->facts;
  if (facts.form != core::BodyForm::other || facts.root == JsonKind::null) return {};
  Draft found =
      draft("", "", fmt::format("the response is a JSON {}, not an object", name(facts.root)));
  if (facts.root_string_holds_json) {
    found.message = "the response is a JSON string that holds JSON: it was serialised twice";
    found.fix = "return the object itself instead of its text (json.dumps, JSON.stringify)";
  }
  if (is_response_tuple(view.response->body.view()))
    found.fix =
        "(body, status, headers) is what a Google Cloud function in Python returns: for a Lambda "
        "return the body alone, as an object";
  found.evidence.push_back(json_text(view.response->body.view()));
  return {found};
}

Drafts api_gateway_envelope(const core::CallView& view) {
  if (const std::string_view outer = nested_response(*view.response); !outer.empty()) {
    Draft found = draft("", protocol::pointer({outer}),
                        fmt::format("the response stands under `{}` instead of at the root, where "
                                    "state and rows are looked for",
                                    shorten(outer)));
    found.fix = fmt::format("return what `{}` holds, without the wrapper", shorten(outer));
    return {found};
  }
  std::vector<std::string_view> keys;
  for (const auto& unknown : view.response->facts.unknown_keys) keys.push_back(unknown.key);
  return {
      draft("", "/body",
            fmt::format("the response is an HTTP envelope with {}: state and rows are looked for "
                        "at its root and not found",
                        names_text(keys)))};
}

Drafts unknown_root_key(const core::CallView& view) {
  Drafts found;
  for (const auto& unknown : view.response->facts.unknown_keys) {
    if (!root_key_meant(*view.response, unknown).empty()) continue;
    std::string message =
        fmt::format("the root key `{}` ({}) is not part of the response format and is not read",
                    shorten(unknown.key), name(unknown.kind));
    for (const Hint& hint : kHints)
      if (hint.key == unknown.key) message += fmt::format(": {}", hint.text);
    found.push_back(draft("", protocol::pointer({unknown.key}), std::move(message)));
    found.back().subject = unknown.key;
  }
  return found;
}

Drafts near_miss_key(const core::CallView& view) {
  const core::SyncResponse& response = *view.response;
  Drafts found;
  const auto add = [&](std::string_view table, std::string pointer, std::string_view key,
                       std::string_view meant, std::string_view consequence) {
    Draft draft =
        rules::draft(table, std::move(pointer),
                     fmt::format("`{}` is not a key of the format, did you mean `{}`? As it "
                                 "stands, {}",
                                 shorten(key), meant, consequence));
    draft.fix = fmt::format("rename `{}` to `{}`", shorten(key), meant);
    draft.subject = key;
    found.push_back(std::move(draft));
  };
  for (const auto& unknown : response.facts.unknown_keys) {
    const std::string_view meant = root_key_meant(response, unknown);
    if (!meant.empty())
      add("", protocol::pointer({unknown.key}), unknown.key, meant, consequence_of(meant));
  }
  for (const std::string_view root_key : {"state", "insert", "delete", "schema", "hasMore"}) {
    const std::string place = misplaced_at(response, root_key);
    if (place.empty()) continue;
    Draft draft =
        rules::draft("", place,
                     fmt::format("`{}` stands at {} instead of at the root. As it stands, {}",
                                 root_key, place, consequence_of(root_key)));
    draft.fix =
        fmt::format("move it out: {{\"{}\": …}} beside the other keys of the root", root_key);
    draft.subject = place;
    found.push_back(std::move(draft));
  }
  for (const core::SchemaEntry& entry : response.schema) {
    const std::string_view key = misspelt_primary_key(entry);
    if (!key.empty())
      add(entry.table, protocol::pointer({"schema", entry.table, key}), key, "primary_key",
          "the table has no key and rows are appended");
  }
  return found;
}

Drafts has_more_not_boolean(const core::CallView& view) {
  const core::SyncResponse& response = *view.response;
  if (response.has_more.exact) return {};
  const core::FieldFact& field = response.has_more_field;
  Draft found =
      field.present()
          ? draft("", "/hasMore",
                  fmt::format("`hasMore` is {}, not a boolean; it is taken as {}{}",
                              json_text(field.raw, 80), response.has_more.value,
                              response.has_more.usable ? "" : ", since it has no known reading"))
          : draft("", "", "`hasMore` is missing; it is taken as false, so the sync ends here");
  if (has_near_miss_of(response, "hasMore")) {
    found.told_by = "RSP-05";
  } else if (lacks_everything(response)) {
    found.told_by = "STA-01";
  }
  return {found};
}

Drafts insert_missing(const core::CallView& view) {
  const core::SyncResponse& response = *view.response;
  if (response.insert.present() || through_bucket(view)) return {};
  Draft found = draft("", "", "`insert` is missing; the page is taken as one without rows");
  if (response.delete_rows() > 0) found.message = "`insert` is missing beside `delete`";
  if (has_near_miss_of(response, "insert")) {
    found.told_by = "RSP-05";
  } else if (lacks_everything(response)) {
    found.told_by = "STA-01";
  }
  return {found};
}

Drafts error_with_data(const core::CallView& view) {
  const core::SyncResponse& response = *view.response;
  const std::uint64_t rows = response.insert_rows() + response.delete_rows();
  const JsonKind kind = response.error_message.kind;
  if (rows == 0 || kind == JsonKind::absent || kind == JsonKind::null) return {};
  return {draft("", "/errorMessage",
                reports_error(response)
                    ? fmt::format("`errorMessage` comes with {}; nothing of it is loaded",
                                  counted(rows, "row"))
                    : fmt::format("`errorMessage` is there, as {}, beside {}",
                                  response.error_message.raw, counted(rows, "row")))};
}

}  // namespace rules
