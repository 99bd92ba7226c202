// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr std::string_view kSamples =
    "https://github.com/fivetran/functions (samples for the sync through cloud storage)";

constexpr core::RuleInfo kRules[] = {
    {.id = "S3-01",
     .slug = "file-missing",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = observed,
     .brief = "the function returned, but the file that it was to write to S3 is not there",
     .detail =
         "In a sync through S3 the request names a `bucket` and a `file`. Fivetran reads that "
         "object as soon as the function has returned. A put that is not awaited comes later, or "
         "never, since Lambda stops the process then; Fivetran's own Node sample has this fault. "
         "What Fivetran does without the file is not documented; here the page is not loaded and "
         "its state is not kept, since its rows would be lost otherwise. Locally, the stand-in for "
         "S3 takes a few tens of milliseconds for a put, like the real one.",
     .fix = "put the object to request['bucket'] under request['file'] on every call, and wait for "
            "it before returning",
     .source = kSamples},
    {.id = "S3-02",
     .slug = "file-not-one-object",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = observed,
     .brief = "the file in S3 is not one JSON object with `insert` and `delete`",
     .detail =
         "The file holds what the answer would hold in a direct sync: one object {\"insert\": "
         "{\"table\": [rows…]}, \"delete\": …}, as plain UTF-8 text. One row a line, gzip, a "
         "list or another wrapping are not read.",
     .fix = "write {\"insert\": {\"table\": [rows…]}, \"delete\": {}}",
     .source = kSamples},
    {.id = "S3-03",
     .slug = "misplaced-in-file-or-answer",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "rows came in the answer, or `state`, `schema` or `hasMore` in the file",
     .detail = "In a sync through S3 the rows are taken from the file, and all else from the "
               "answer. What stands in the other place is not looked at, as far as is known.",
     .fix = "write `insert` and `delete` to the file and return `state`, `schema` and `hasMore`",
     .source = kSamples},
    {.id = "S3-04",
     .slug = "file-under-another-name",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "the function wrote to another bucket or key than the request names",
     .detail = "Each request names a new object; Fivetran looks there and nowhere else. A key made "
               "by the function itself, a folder put in front of it or a fixed bucket is the usual "
               "cause. It is seen only where the function runs locally. Other objects beside the "
               "one that was asked for are nobody's business.",
     .fix = "use request['bucket'] and request['file'] as they are",
     .source = kSamples},
};

}  // namespace

std::span<const core::RuleInfo> bucket_catalogue() {
  return kRules;
}

}  // namespace rules
