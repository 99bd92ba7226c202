// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kIncremental[] = {
    {.id = "INC-01",
     .slug = "second-sync-not-smaller",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "the sync after the first one sends as many rows again (`chaos`)",
     .detail = "A connector that keeps no position, or does not use it, reads everything each "
               "time: syncs take as long as the first one, and every row is written again. "
               "Told of tables with 20 rows or more of which nine in ten came again from the "
               "last state.",
     .fix = "keep in the `state` up to where was read, and ask the source for what came "
            "after that",
     .source = "seen in published connectors"},
    {.id = "INC-02",
     .slug = "gap",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "one step before a page's state there are rows that the sync never sent "
              "(`chaos`)",
     .detail = "The state of pages that moved a cursor is sent again with the cursor one "
               "second or one number lower. Rows that show up then and that the sync had not "
               "sent were passed over: mostly records with the same time on both sides of a "
               "page's end, of which a query for later ones leaves out the rest.",
     .fix = "ask for records at or after the cursor and let the primary key take out what "
            "comes twice, or order by time and key and keep both in the `state`",
     .source = "how incremental syncs are resumed: contract §3"},
    {.id = "INC-03",
     .slug = "wall-clock-cursor",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "the cursor is the time of the call, not that of a record",
     .detail = "A clock that is read before the source is asked does no harm. Read afterwards, it "
               "loses what changed in between: the next sync asks for later changes only. From "
               "outside the two look alike, so it is a note.",
     .fix = "take the clock before the first request to the source, or keep the largest time among "
            "the records",
     .source = "seen in published connectors"},
    {.id = "INC-04",
     .slug = "cursor-past-unread",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "a first sync ended at a round number of rows with the present time as its cursor",
     .detail = "Connectors that stop after a number of pages and then set the cursor to now lose "
               "the rest of the history for ever, without an error. A round number of rows (500 or "
               "more, in full hundreds) is a sign of that, no proof.",
     .fix = "go on with `hasMore` true until the source has no more pages",
     .source = "seen in published connectors"},
    {.id = "INC-05",
     .slug = "change-not-noticed",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "the source was changed, and the next sync passed over what a full one shows "
              "(`chaos --change`)",
     .detail = "The command changed the source between two syncs. A fresh sync from `{}` sees "
               "the change, the incremental one did not bring it: an offset that stays behind "
               "the end of the data, or a cursor on a column that a change does not move.",
     .fix = "let the cursor follow a column that each change moves, and reset offsets when "
            "a round is over",
     .source = "seen in published connectors"},
    {.id = "INC-06",
     .slug = "unchanged-rows",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "an incremental sync sent many rows again that had not changed",
     .detail = "They are written again and their `_fivetran_synced` changes, and rows that are "
               "synced are what Fivetran bills. Told of ten rows or more that are a fifth of what "
               "the sync sent; when a whole table comes again it is STA-03. A short overlap is a "
               "usual guard against late changes.",
     .fix =
         "ask the source for what changed since the cursor, with as short an overlap as it needs",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda/troubleshooting/"
               "incrementally-sync-data"},
    {.id = "INC-07",
     .slug = "future-state",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a state of the future brings more rows than the last one (`chaos`)",
     .detail = "All cursors of the last state were moved ten years, or a thousand million "
               "numbers, ahead. Nothing can be newer; a connector that then sends rows takes "
               "the state for none and begins again, which a clock that was wrong once is "
               "enough for.",
     .fix = "use the cursor as it is, and refuse one that cannot be with an error",
     .source = "how incremental syncs are resumed: contract §3"},
    {.id = "INC-08",
     .slug = "old-state",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "it cannot go on from a state that an earlier version left (`chaos --old-"
              "state`)",
     .detail = "The state outlives the code: after a deployment the new version gets what the "
               "old one stored. A key that is missing there, or another form, ends the first "
               "sync after each deployment.",
     .fix = "read keys that older versions did not have with a default",
     .source = "seen in published connectors"},
};

constexpr core::RuleInfo kResume[] = {
    {.id = "RES-01",
     .slug = "lost-response",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a response that was lost on the way leaves the tables different (`chaos`)",
     .detail = "The function ran, and nobody got its answer: a time-out, a cut connection, a "
               "damaged or too large answer. Fivetran keeps the old state and sends it again "
               "with the next sync. A connector that notes somewhere else how far it is (a "
               "token that is used up by reading, a file, a variable) goes on behind the lost "
               "page, whose rows never come again.",
     .fix = "read only what the `state` in the request says, and move on by the `state` in "
            "the answer alone",
     .source = "https://fivetran.com/docs/connectors/functions"},
    {.id = "RES-02",
     .slug = "duplicate-call",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a call that is made twice leaves the tables different (`chaos`)",
     .detail = "A client, a proxy or the platform may deliver a request twice; the second "
               "answer counts. The same state must give the same page.",
     .fix = "read only what the `state` in the request says; let nothing in the source be "
            "used up by reading",
     .source = "a property of every transport that calls at least once"},
    {.id = "RES-03",
     .slug = "non-deterministic",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "the same state gave other answers, cold and warm, or in another time zone or "
              "locale (`chaos`)",
     .detail = "An answer that depends on the clock, on the order of a set, on the time zone "
               "or on what the process did before cannot be repeated: a page that is asked for"
               " again may hold other rows.",
     .fix = "sort what you read, take times from the records, and name time zone and "
            "encoding; the pointers that differ are listed, ready for an ignore list",
     .source = "a property of every transport that calls at least once"},
    {.id = "RES-04",
     .slug = "error-swallowed",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief =
         "the log of a call shows an error, but its answer has no rows and a new state (a note "
         "when it has rows or the old state)",
     .detail =
         "An exception was caught and printed, and the state moved on as if the page had been "
         "read: those rows are never asked for again. Seen by the first line of a stack "
         "trace in the connector's log.",
     .fix = "let the error through, or report it as `errorMessage` with the old state: Fivetran "
            "tries again with the next sync",
     .source = "seen in published connectors"},
    {.id = "RES-05",
     .slug = "page-overlap",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "pages of a sync overlap: most rows of a page had come with the one before",
     .detail =
         "An offset that grows by one while a page has a hundred rows reads each row a hundred "
         "times. The tables are right in the end; calls and time are wasted, and a sync may "
         "never reach its end. Told when at least half of the rows of three pages or more had "
         "come before, unchanged.",
     .fix = "move the offset on by as many rows as the page had",
     .source = "seen in published connectors"},
    {.id = "RES-06",
     .slug = "cut-off",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a sync that is cut off after a page and goes on in a new one leaves the tables"
              " different (`chaos`)",
     .detail = "After six hours Fivetran ends a sync after the running call, and the next one,"
               " under another sync_id, goes on with the state of the last page.",
     .fix = "put all that is needed to go on into the `state`: what hangs on the sync_id or"
            " on time is gone",
     .source = "https://fivetran.com/docs/connectors/functions"},
    {.id = "RES-07",
     .slug = "rewind",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "going on from an earlier page's state leaves the tables different (`chaos`)",
     .detail = "A state that was restored, or one that is sent again after a failed sync, has "
               "to lead to the same rows as the first time. Page tokens that expire or that "
               "can be used once do not.",
     .fix = "let the state hold positions in the data (a key, a time), not tokens of a "
            "session",
     .source = "a property of every transport that calls at least once"},
    {.id = "RES-08",
     .slug = "re-sync",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a sync that begins again at `{}` does not bring the same tables (`chaos`)",
     .detail = "A re-sync begins with an empty state, over the existing rows or, in a new "
               "connection, with empty tables. A process that has served a sync before must "
               "begin anew as well: cloud functions stay warm.",
     .fix = "treat the state `{}` as the very beginning, and keep nothing in variables or "
            "files between calls",
     .source = "https://fivetran.com/docs/connectors/functions"},
    {.id = "RES-09",
     .slug = "hidden-memory",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a fresh process goes on differently from the one that made the calls before "
              "(`chaos`)",
     .detail = "Cloud functions are ended and started at any time between two calls, and two "
               "calls may reach two processes. What a connector keeps in a variable or a file "
               "is then gone: pages come twice or never.",
     .fix = "keep everything that the next call needs in the `state`",
     .source = "a property of every transport that calls at least once"},
    {.id = "RES-10",
     .slug = "state-spelling",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a state that says the same in other bytes leaves the tables different "
              "(`chaos`)",
     .detail = "The state is JSON: key order, white space and escapes carry no meaning, and "
               "whoever stores it may change them. A connector that compares or hashes its "
               "text, or relies on the order of keys, breaks.",
     .fix = "parse the state as JSON and look keys up by name",
     .source = "a property of every transport that calls at least once"},
};

}  // namespace

std::span<const core::RuleInfo> incremental_catalogue() {
  return kIncremental;
}

std::span<const core::RuleInfo> resume_catalogue() {
  return kResume;
}

}  // namespace rules
