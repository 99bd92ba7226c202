// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "RSP-01",
     .slug = "not-json",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "the response is empty, `null` or not valid JSON",
     .detail =
         "Fivetran ends the sync with \"Unable To Parse JSON Response\". Usual causes: the handler "
         "returns nothing because an exception was caught and only logged; log lines are printed "
         "to stdout; Python's `str(dict)` instead of `json.dumps`; NaN or Infinity, which JSON "
         "does not know; a byte order mark; a body that was cut off.",
     .fix = "return one JSON object and print logs to stderr",
     .source =
         "https://fivetran.com/docs/connectors/functions/troubleshooting (Unable To Parse JSON "
         "Response)"},
    {.id = "RSP-02",
     .slug = "not-an-object",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = inferred,
     .brief = "the response is JSON, but its root is not an object",
     .detail = "The response must be an object with `state`, `insert`, `hasMore` and so on. A "
               "handler for Lambda must return the object itself: one that returns "
               "`json.dumps(response)`, as functions for Google Cloud do, answers with a JSON "
               "string that holds JSON.",
     .fix = "return the object itself, not its text and not a list",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda/troubleshooting/"
               "remote-test-socket-error"},
    {.id = "RSP-03",
     .slug = "api-gateway-envelope",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = inferred,
     .brief =
         "the response is wrapped: {statusCode, body} for an API gateway, or another key around "
         "all of it",
     .detail =
         "Fivetran invokes the function directly and reads `state`, `insert` and `hasMore` at the "
         "root of what it returns. Inside a `body`, a `response` or a `result` they are not found.",
     .fix = "return the content of `body` as the response, without the wrapper",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda/troubleshooting/"
               "remote-test-socket-error"},
    {.id = "RSP-04",
     .slug = "unknown-root-key",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the response has a root key that the format does not know",
     .detail =
         "The format knows `state`, `insert`, `delete`, `schema`, `hasMore`, `softDelete` and, for "
         "errors, `errorMessage`, `errorType` and `stackTrace`. What stands under another key is "
         "not loaded. There is no `update` and no `upsert`: a row under `insert` replaces the "
         "stored row of the same primary key.",
     .fix = "remove the key, or move what it holds to a key of the format",
     .source = "https://fivetran.com/docs/connectors/functions/troubleshooting/upsert-data"},
    {.id = "RSP-05",
     .slug = "near-miss-key",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "a key is almost one of the format's, or stands in the wrong place, and is silently "
              "ignored",
     .detail = "Keys are matched exactly: `has_more`, `hasmore`, `inserts`, `soft_delete` or, in a "
               "schema entry, `primaryKey` and `primary_keys` mean nothing to Fivetran. With "
               "`has_more` a sync ends after its first page; with `primaryKey` rows are appended "
               "instead of merged. Both are seen in real connectors. `hasMore` inside `state` or "
               "`insert` "
               "is not read either.",
     .fix = "spell the key as suggested",
     .source = "https://github.com/mozilla/fivetran-connectors (its README documents `has_more`)"},
    {.id = "RSP-06",
     .slug = "has-more-not-boolean",
     .fidelity = warning,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = rejects,
     .certainty = observed,
     .brief = "`hasMore` is missing or not a JSON boolean",
     .detail = "Documented is a boolean. A missing `hasMore` counts as false and the strings "
               "\"true\" and \"false\" are known to work, since published samples used them; what "
               "other values do is not known. The finding tells how the value was taken here.",
     .fix = "return `hasMore` as true or false in every response",
     .source = "https://github.com/fivetran/functions (samples until July 2022)"},
    {.id = "RSP-07",
     .slug = "insert-missing",
     .fidelity = warning,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the response has no `insert`",
     .detail = "`insert` belongs into every direct response, if only as an empty object. Without "
               "it a page that lost its rows to a bug looks like a page without news. In a sync "
               "through an S3 bucket the rows are in the file and `insert` must not be there.",
     .fix = "return `\"insert\": {}` when there are no rows",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda#responseformat"},
    {.id = "RSP-08",
     .slug = "wrong-json-shape",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "`insert` or `delete` is not an object of tables, a table not an array, or a row not "
              "an object",
     .detail = "`insert` and `delete` are objects: each key is a table, each value an array of "
               "rows, each row an object. Anything else cannot be loaded.",
     .fix = "send `\"insert\": {\"table\": [{\"column\": value}]}`",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda#responseformat"},
    {.id = "RSP-09",
     .slug = "delete-single-object",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = observed,
     .brief = "a table under `delete` holds one object instead of an array of rows",
     .detail = "Each table under `delete` is an array, also for one row. Published connectors send "
               "a single object; such a delete cannot be carried out.",
     .fix = "put the row into an array: `\"delete\": {\"table\": [{\"id\": 1}]}`",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda#responseformat"},
    {.id = "RSP-10",
     .slug = "null-container",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "`insert`, `delete`, `schema`, `softDelete` or a table in them is null",
     .detail =
         "Empty objects and arrays are fine. What Fivetran does with null in their place is not "
         "documented; here it is taken as empty.",
     .fix = "send {} or [] instead of null, or leave the key out",
     .source = "not documented by Fivetran"},
    {.id = "RSP-11",
     .slug = "duplicate-json-key",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a JSON object holds the same key twice",
     .detail =
         "JSON parsers keep one of the two values, usually the last, and say nothing: the other "
         "one, perhaps all rows of a table, is lost. JSON built by hand or by joining texts does "
         "this.",
     .fix = "build the response as one object and serialise it once",
     .source = "https://www.rfc-editor.org/rfc/rfc8259#section-4"},
    {.id = "RSP-12",
     .slug = "error-with-data",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "the response has both `errorMessage` and rows",
     .detail =
         "An `errorMessage` reports a failed call, and the rows beside it are not loaded. An empty "
         "`errorMessage` beside rows is taken as no error here, but Fivetran may look only at "
         "whether the key is there.",
     .fix = "send either rows or an `errorMessage`; leave the key out when nothing failed",
     .source = "https://fivetran.com/docs/functions/changelog (July 2023)"},
};

}  // namespace

std::span<const core::RuleInfo> response_catalogue() {
  return kRules;
}

}  // namespace rules
