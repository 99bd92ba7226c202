// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "DEL-01",
     .slug = "delete-without-key",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "`delete` names a table that has no primary key in this response's `schema`",
     .detail =
         "Rows to delete are found by their primary key, and the response that deletes must name "
         "it: \"If you are specifying the `delete` node, you must also specify the `schema` "
         "node\".",
     .fix = "add the table with its `primary_key` to `schema`",
     .source = "https://fivetran.com/docs/functions/changelog (May 2018)"},
    {.id = "DEL-02",
     .slug = "insert-and-delete-same-key",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "one response inserts and deletes the same key",
     .detail =
         "Deletes are carried out after inserts, so the row is gone afterwards, also when the "
         "connector meant to delete the old version and insert a new one.",
     .fix = "send only what is true at the end: the row, or its delete",
     .source = "https://github.com/MaterializeInc/materialize (destination for Fivetran)"},
    {.id = "DEL-03",
     .slug = "delete-of-unknown-row",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a row to delete was not there",
     .detail = "Destinations ignore it. Usual after a new start, or when a delete is sent twice.",
     .fix = "nothing has to be done, unless the key's values are spelled differently",
     .source = "https://github.com/fivetran/fivetran_partner_sdk (development guide)"},
    {.id = "DEL-04",
     .slug = "soft-delete-not-list",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "`softDelete` is not an array of table names",
     .detail =
         "Fivetran's pages contradict each other: an answer says to set it to true, the published "
         "sample sends an array of table names. The array is what connectors use. Here true means "
         "every table of the response, and other values are ignored.",
     .fix = "send an array: \"softDelete\": [\"table\"]",
     .source = "https://fivetran.com/docs/connectors/functions/troubleshooting/upsert-data"},
    {.id = "DEL-05",
     .slug = "soft-delete-unknown-table",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "`softDelete` names a table that is nowhere else in the response",
     .detail = "Rows of a table in `softDelete` that are not sent again are marked as deleted. For "
               "a table that the response does not mention otherwise that is all of them, or the "
               "name is misspelled and nothing happens.",
     .fix = "spell the table as in `schema`; if it is really empty now, keep it in `schema`",
     .source = "https://github.com/fivetran/functions (softDelete sample)"},
    {.id = "DEL-06",
     .slug = "soft-delete-on-partial-sync",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "`softDelete` marked rows that were probably only not sent this time",
     .detail =
         "`softDelete` means: these are all rows of the table, mark the others as deleted. On "
         "several pages of one sync, a later page may mark the rows of an earlier one (whether "
         "Fivetran counts from the start of the sync or from the response is not known). In an "
         "incremental sync, whatever did not change is marked: reported when at least half of the "
         "live rows were marked and not sent again.",
     .fix = "use `softDelete` only with a full load of the table, on the sync's first page; list "
            "single rows under `delete`",
     .source = "https://github.com/fivetran/functions (softDelete sample)"},
    {.id = "DEL-07",
     .slug = "hard-or-soft-delete",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "`delete` without `softDelete`: rows go for good, or are they only marked?",
     .detail =
         "Today's pages say that rows under `delete` are removed unless the response has "
         "`softDelete`; the note of May 2018 says that they are marked in `_fivetran_deleted`. The "
         "simulator removes them (`--assume delete-mode=soft` turns it round).",
     .fix = "name the table in `softDelete` if rows shall stay with a mark; otherwise nothing",
     .source = "https://fivetran.com/docs/connectors/functions/troubleshooting/upsert-data"},
};

}  // namespace

std::span<const core::RuleInfo> delete_catalogue() {
  return kRules;
}

}  // namespace rules
