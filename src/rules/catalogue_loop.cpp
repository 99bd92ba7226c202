// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kLoop[] = {
    {.id = "LOOP-01",
     .slug = "empty-streak",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "three to ten empty responses in a row, each with `hasMore` true",
     .detail =
         "Fivetran ends a connection that gives more than ten consecutive empty responses. A "
         "connector that walks through time in windows gets there with an account that is younger "
         "than its first window. Empty means: no row under `insert` or `delete` and no "
         "`softDelete`, whatever the state does.",
     .fix =
         "skip empty windows inside one call, or return `hasMore` false when there is nothing left",
     .source = "https://fivetran.com/docs/functions/changelog (May 2025)"},
    {.id = "LOOP-02",
     .slug = "too-many-empty-responses",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "more than ten empty responses in a row with `hasMore` true",
     .detail = "The eleventh consecutive empty response with `hasMore` true makes Fivetran end the "
               "connection.",
     .fix =
         "skip empty windows inside one call, or return `hasMore` false when there is nothing left",
     .source = "https://fivetran.com/docs/functions/changelog (May 2025)"},
    {.id = "LOOP-03",
     .slug = "six-hour-limit",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the sync reached six hours with `hasMore` still true",
     .detail =
         "Fivetran calls a function for at most six hours a sync and goes on from the last state "
         "in the next one. Nothing is lost, provided that the state can be resumed from any page.",
     .fix = "nothing has to be done; larger pages make the first load shorter",
     .source = "https://fivetran.com/docs/functions/changelog (August 2018)"},
    {.id = "LOOP-04",
     .slug = "many-calls",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "one sync made more calls than --warn-calls allows (10,000 unless told otherwise)",
     .detail = "So many calls mean very small pages or a loop that does not end. Each call costs "
               "time and money, and a sync has six hours.",
     .fix = "return more rows a page; if the source is really that large, raise --warn-calls",
     .source = "a measure of this program"},
};

constexpr core::RuleInfo kLimits[] = {
    {.id = "LIM-01",
     .slug = "response-too-large",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "the response is larger than the platform lets through (warning from 95 %)",
     .detail =
         "AWS Lambda hands on at most 6 MB (6,291,556 bytes as serialised JSON), Google Cloud "
         "Functions 10 MB in the first generation. A larger response is replaced by an error of "
         "the platform, and the sync fails. Bytes on the wire count, not characters.",
     .fix = "return smaller pages with `hasMore` true, or sync through an S3 bucket",
     .source = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"},
    {.id = "LIM-02",
     .slug = "request-too-large",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "the request (state, secrets, custom payload) is larger than the platform takes "
              "(warning from 95 %)",
     .detail =
         "State and secrets travel in each request, and the platform refuses one above its limit "
         "(6 MB on AWS Lambda, 10 MB on Google Cloud Functions) before the function runs.",
     .fix = "make the state smaller",
     .source =
         "https://fivetran.com/docs/connectors/functions/troubleshooting/secrets-object-limit"},
    {.id = "LIM-03",
     .slug = "call-too-long",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "the call took longer than the platform allows (warning from 95 %)",
     .detail =
         "AWS Lambda ends a call after 900 s, Google Cloud Functions after 540 s in the first "
         "generation, Azure after 230 s for HTTP. The answer came here only because --timeout is "
         "longer than that. A call that is cut off at the limit is reported as INV-01.",
     .fix = "return a page early with `hasMore` true; about a minute of work a call is a good size",
     .source = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"},
};

}  // namespace

std::span<const core::RuleInfo> loop_catalogue() {
  return kLoop;
}
std::span<const core::RuleInfo> limit_catalogue() {
  return kLimits;
}

}  // namespace rules
