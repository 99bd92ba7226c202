// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kIncremental[] = {
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
};

constexpr core::RuleInfo kResume[] = {
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
};

}  // namespace

std::span<const core::RuleInfo> incremental_catalogue() {
  return kIncremental;
}

std::span<const core::RuleInfo> resume_catalogue() {
  return kResume;
}

}  // namespace rules
