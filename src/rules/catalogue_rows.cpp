// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "ROW-01",
     .slug = "key-column-missing",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a row lacks a column of the primary key",
     .detail =
         "Such a row has no identity: it can neither replace a stored row nor be found by a "
         "delete. What Fivetran does with it is not documented. Here it is not loaded and counted "
         "as rejected, and the rest of its page goes on (an assumption, see `fivetran-sim explain "
         "assumptions`).",
     .fix = "send every key column with every row, under the name that `schema` gives",
     .source = "not documented by Fivetran for functions"},
    {.id = "ROW-02",
     .slug = "key-null",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a column of the primary key is null",
     .detail = "A merge compares keys, and null equals nothing: each sync would add the row once "
               "more. Here it is not loaded and counted as rejected (an assumption, see "
               "`fivetran-sim explain assumptions`).",
     .fix = "choose a key that is always there, or leave such rows out",
     .source = "not documented by Fivetran for functions; its SFTP connector only warns"},
    {.id = "ROW-03",
     .slug = "unstable-key",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a key value is an object, an array, a fraction or an empty text",
     .detail =
         "Objects change with the order of their keys and fractions with their rounding, so the "
         "same record may come back under another key; rows with an empty text overwrite each "
         "other. An empty text in one of several key columns is only noted.",
     .fix = "use an integer or a non-empty text as the key",
     .source = "concluded from how rows are merged"},
    {.id = "ROW-04",
     .slug = "duplicate-key-in-response",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "two rows of one response have the same key (a note when they are equal)",
     .detail =
         "Fivetran keeps one row a key, the last one of the response. Equal rows do no harm. Rows "
         "that differ mean that one was lost: the key may lack a column (two sites, two tenants in "
         "one table), or several versions of a record are sent.",
     .fix = "add what tells the rows apart to `primary_key`, or send only the latest version",
     .source = "https://github.com/fivetran/functions (twitter sample)"},
    {.id = "ROW-05",
     .slug = "partial-row",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a row that is sent again lacks columns that the stored row has: they become null",
     .detail = "Fivetran deletes the stored row and inserts the new one as a whole; a column that "
               "the new row lacks is null afterwards. Partial updates are not possible. It is a "
               "warning when every row of the page that replaced one lacks the same columns, and "
               "otherwise a note, since many sources leave out empty fields.",
     .fix = "send all columns of a row, each time",
     .source = "https://fivetran.com/docs/connectors/functions/troubleshooting/upsert-data"},
    {.id = "ROW-06",
     .slug = "key-type-differs",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a key column holds numbers in some rows and texts in others",
     .detail = "1 and \"1\" may be one row or two, depending on the type that the column gets. "
               "Once a text arrives the column becomes a text.",
     .fix = "send the key with one JSON type, always",
     .source = "concluded from Fivetran's type inference"},
    {.id = "ROW-07",
     .slug = "keys-all-new",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "the records of the sync before came again under keys that are all new",
     .detail =
         "Row by row a sync sent what the one before had sent, but no key was stored "
         "already: the key is made anew with each call, by chance or from the clock, and each "
         "sync doubles the table. Seen by `run --syncs 2` and more, where at least 20 records "
         "differ from each other.",
     .fix = "take the key from the record, or from a digest of what does not change in it",
     .source = "https://github.com/fivetran/functions (softDelete sample)"},
};

}  // namespace

std::span<const core::RuleInfo> row_catalogue() {
  return kRules;
}

}  // namespace rules
