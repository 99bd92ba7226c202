// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "STA-01",
     .slug = "state-missing",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "the response has no `state`, or it is null",
     .detail = "Fivetran expects a `state` object in every response, also when nothing changed. It "
               "stores what it gets and sends it with the next call; it remembers nothing else.",
     .fix = "return the `state` of the request when there is nothing new to remember",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda/troubleshooting/"
               "use-state-object"},
    {.id = "STA-02",
     .slug = "state-not-object",
     .fidelity = warning,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "`state` is not an object",
     .detail = "The documentation speaks of a JSON object. One published sample returns a string "
               "and it is believed to work, so it is accepted here outside of --strict.",
     .fix = "wrap the value in an object, for instance {\"cursor\": value}",
     .source =
         "https://fivetran.com/docs/connectors/functions/troubleshooting/custom-data-exchange"},
    {.id = "STA-03",
     .slug = "full-reload",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "an incremental sync sent almost the whole table again, unchanged",
     .detail = "Reported when a later sync sends at least 20 stored rows and 90 % of a table again "
               "without a change. Each row is written again and gets a new `_fivetran_synced`, "
               "which costs time and active rows. It usually means that the connector does not use "
               "the cursor in `state`. Tables named in `softDelete` are left out: they are sent in "
               "full on purpose.",
     .fix = "read the cursor from `state` and ask the source only for what changed since",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda/troubleshooting/"
               "incrementally-sync-data"},
    {.id = "STA-04",
     .slug = "state-repeats",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "`hasMore` is true, but the state is one that this sync has already sent",
     .detail =
         "The next call depends only on the state. When it comes back to an earlier value while "
         "`hasMore` is true, the same pages are likely to come again, for up to six hours and "
         "again in each later sync. The simulator goes on as Fivetran would; when the same states "
         "have given the same answers over a whole round, the loop is endless as far as can be "
         "seen.",
     .fix =
         "advance the cursor with each page, or return `hasMore` false; with an inclusive cursor "
         "add an offset for rows that share a timestamp",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda/troubleshooting/"
               "use-state-object"},
    {.id = "STA-05",
     .slug = "cursor-starts-at-now",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "the first sync brought no rows but stored a cursor close to the present time",
     .detail =
         "A connector that takes the current time as its first cursor asks the source for changes "
         "since now and never loads what was there before. If the source was really empty, all is "
         "well.",
     .fix = "start from the oldest record when `state` is {}",
     .source = "seen in published connectors"},
    {.id = "STA-06",
     .slug = "state-key-dropped",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a key of the old state is missing in the new one",
     .detail =
         "The new state replaces the old one, nothing is merged. A connector that returns only the "
         "cursors it touched loses the others and reads those tables from the start. Dropping a "
         "page token at the end is fine.",
     .fix = "copy the state of the request and change what moved",
     .source =
         "https://fivetran.com/docs/connectors/functions/troubleshooting/custom-data-exchange"},
    {.id = "STA-07",
     .slug = "cursor-out-of-order",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief =
         "a timestamp in the state that moved forward goes back within one sync, or lies in the "
         "future",
     .detail =
         "A cursor that moved forward and then goes back between two pages often comes from rows "
         "that are not sorted by it: what lies between is read again or, where the last page "
         "decides, skipped. It is a note when something else in the state changed as well (the "
         "connector may have moved on to another table) and on the last page. A timestamp more "
         "than a day in the future is a note too.",
     .fix = "sort the source by the cursor's column, and keep the largest value seen",
     .source = "seen in published connectors"},
    {.id = "STA-08",
     .slug = "large-state",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "the state is large (note above 64 KiB, warning above 1 MiB)",
     .detail =
         "The state travels in each request and each response and counts against the platform's "
         "limit of a few megabytes. A state that grows with the data ends in a failed call one "
         "day.",
     .fix = "keep cursors in the state, not lists of identifiers or rows",
     .source = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"},
    {.id = "STA-09",
     .slug = "dynamic-state-keys",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "a key of the state is a date, a number or a UUID that another one replaces (a note "
              "unless it is its own value)",
     .detail =
         "{\"2024-01-01\": \"2024-01-01\"}: a variable was used as the key where its name "
         "was meant. The connector looks for the name with the next call, does not find it and "
         "begins anew.",
     .fix = "use a fixed name as the key: {\"cursor\": \"2024-01-01\"}",
     .source = "https://github.com/fivetran/functions (Azure sample)"},
    {.id = "STA-10",
     .slug = "growing-state",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "the state grows with each call (a note up to 64 KiB)",
     .detail = "Told when ten calls in a row each returned a larger state, which is four times as "
               "large as at first and above 4 KiB. It often holds the identifiers that were read. "
               "It travels in each request and response and reaches the platform's limit one day.",
     .fix = "keep cursors in the state, not lists of what was read",
     .source = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"},
    {.id = "STA-11",
     .slug = "state-not-consumed",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "all calls of a sync gave the same rows, whatever state they were sent (a note when "
              "only some did)",
     .detail =
         "The connector returns a new state and does not read it, so that each page is the "
         "first one; or it sends the same rows with each page. Told of three or more calls in "
         "a row with five rows or more.",
     .fix =
         "read the cursor from the request's `state`; send rows that do not belong to a page once "
         "a sync",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda/troubleshooting/"
               "use-state-object"},
    {.id = "STA-12",
     .slug = "odd-timestamp",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "a date or time in the state is in no ISO form",
     .detail =
         "A source that does not understand a cursor often ignores it and sends everything, or "
         "nothing. Seen: %H-%M-%S for %H:%M:%S, and 01/02/2021 where nobody knows which is the "
         "month. When the source asks for that form it is right.",
     .fix =
         "keep times as YYYY-MM-DDTHH:MM:SSZ, and turn them into another form where they are sent",
     .source = "seen in published connectors"},
};

}  // namespace

std::span<const core::RuleInfo> state_catalogue() {
  return kRules;
}

}  // namespace rules
