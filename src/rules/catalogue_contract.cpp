// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "CON-01",
     .slug = "replay-drift",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a recorded request is answered otherwise now",
     .detail = "`replay DIR TARGET` sends each recorded request again and compares the answer with "
               "the recorded one: names and JSON types with --match shape, values too with exact, "
               "names only with keys. Tables, columns and types that change are changes of the "
               "warehouse.",
     .fix = "undo the change, leave out what always differs with --ignore-field, or accept it with "
            "`fivetran-sim replay DIR TARGET --update`",
     .source = "the recorded fixture"},
    {.id = "CON-02",
     .slug = "recorded-call-not-made",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the connector ends before the last recorded call",
     .detail = "The recorded answer said `hasMore: true` and another call followed; today's answer "
               "to the same request says false. Fivetran would not make the calls that follow, and "
               "the rows of their pages would not come.",
     .fix = "let the pages come again, or record anew when the source has fewer of them: "
            "`fivetran-sim replay DIR TARGET --update`",
     .source = "the recorded fixture"},
    {.id = "CON-03",
     .slug = "call-not-recorded",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the connector wants more calls than were recorded",
     .detail =
         "The last recorded answer of a sync said `hasMore: false`; today's answer to the same "
         "request says true. Fivetran would go on calling, with a state that no recorded call "
         "has.",
     .fix = "let the sync end where it ended, or record anew: `fivetran-sim replay DIR TARGET "
            "--update`",
     .source = "the recorded fixture"},
    {.id = "CON-04",
     .slug = "table-removed",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a table of the locked schema is gone",
     .detail = "`run --schema-lock` compares the tables that a run left with a file of `schema "
               "lock`. A table that is locked was not there: its rows did not come, or it has "
               "another name now. What reads it fails. The lock's contract decides how severe it "
               "is: freeze makes it an error, warn a warning, evolve a note.",
     .fix = "send the table again, or accept the change with `fivetran-sim schema lock`",
     .source = "the locked schema"},
    {.id = "CON-05",
     .slug = "column-removed",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a column of the locked schema is gone",
     .detail = "A column exists from its first value that is not null. One that is locked is not "
               "there: it is called otherwise now, or each of its values is null. What reads it "
               "fails. The lock's contract decides how severe it is: freeze makes it an error, "
               "warn a warning, evolve a note.",
     .fix = "send the column again, or accept the change with `fivetran-sim schema lock`",
     .source = "the locked schema"},
    {.id = "CON-06",
     .slug = "type-changed",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a column does not fit into its locked type any more",
     .detail = "A value came that the locked type cannot hold without changing it, and the column "
               "took a wider type. A wider number or time is safe; a column that ends as STRING or "
               "JSON breaks what computes with it. A narrower type than the locked one is as "
               "locked: the rows of a test seldom need the widest. The lock's contract decides how "
               "severe it is: freeze makes it an error, warn a warning, evolve a note.",
     .fix = "send values of the locked type, or accept the change with `fivetran-sim schema lock`",
     .source = "the locked schema"},
    {.id = "CON-07",
     .slug = "key-changed",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the key of a table, or the naming of all, is not the locked one",
     .detail = "Stored rows were merged by the locked key, new ones are merged by another: until "
               "the connection is re-synced, rows may stand twice or replace each other wrongly. "
               "Another `--naming` makes other tables altogether. The lock's contract decides how "
               "severe it is: freeze makes it an error, warn a warning, evolve a note.",
     .fix = "declare the locked `primary_key`, or accept the change with `fivetran-sim schema "
            "lock` and re-sync",
     .source = "the locked schema"},
    {.id = "CON-08",
     .slug = "state-shape-changed",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the state that comes with the answer to a recorded request has another form",
     .detail = "Connections in production hold states of the recorded form. Code that writes other "
               "keys or types has to read the old ones all the same: the first call after the "
               "deployment carries one.",
     .fix =
         "keep reading the old form, and accept the new one with `fivetran-sim replay DIR TARGET "
         "--update`",
     .source = "the recorded fixture"},
    {.id = "CON-09",
     .slug = "table-or-column-added",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a table or column came that the locked schema does not have",
     .detail = "Nothing that reads the tables fails, but somebody may want to know, for example "
               "where columns need approval. The lock's contract decides how severe it is: freeze "
               "makes it an error, warn a warning, evolve a note.",
     .fix = "leave it out, or accept it with `fivetran-sim schema lock`",
     .source = "the locked schema"},
};

}  // namespace

std::span<const core::RuleInfo> contract_catalogue() {
  return kRules;
}

}  // namespace rules
