// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "SCH-01",
     .slug = "table-without-key",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "rows were sent for a table without a primary key",
     .detail =
         "Without `schema.<table>.primary_key` Fivetran appends every row, with `_fivetran_batch` "
         "and `_fivetran_index` as its key: a row that is sent again stands there twice. For a log "
         "of events that is what is wanted; for anything that changes it is not. Told once a sync.",
     .fix = "name the key in `schema`: {\"table\": {\"primary_key\": [\"id\"]}}",
     .source = "https://fivetran.com/docs/connectors/functions/troubleshooting/upsert-data"},
    {.id = "SCH-02",
     .slug = "schema-nesting",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief =
         "`schema` is nested wrongly: the table level is missing, or an entry is not an object",
     .detail =
         "`schema` is an object of tables, each an object with `primary_key`. A `primary_key` "
         "right under `schema`, or a list in the place of an entry, is not understood, and rows "
         "are appended instead of merged.",
     .fix = "write {\"schema\": {\"table\": {\"primary_key\": [\"id\"]}}}",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda#responseformat"},
    {.id = "SCH-03",
     .slug = "invalid-primary-key",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "`primary_key` is not an array of different, non-empty column names",
     .detail =
         "Also a key of one column is an array: [\"id\"]. A key that cannot be read leaves the "
         "table without one, and rows are appended instead of merged. An empty array says the same "
         "as no key and gives a warning.",
     .fix = "write \"primary_key\": [\"id\"]",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda#responseformat"},
    {.id = "SCH-04",
     .slug = "primary-key-changed",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the primary key of a table is not the one of earlier responses",
     .detail =
         "Fivetran asks to \"be very consistent with the schema node and the primary key columns "
         "to avoid any unwanted behavior\"; what becomes of the stored rows is not documented. "
         "Here a table gets the new key and keeps the last row of each; one whose entry is "
         "missing, though rows come, keeps the key that it had (both are assumptions, see "
         "`fivetran-sim explain assumptions`). The order of the columns does not matter.",
     .fix = "send the same `schema` with every response; for a new key, re-sync the connection",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda#responseformat"},
    {.id = "SCH-05",
     .slug = "schema-table-mismatch",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief =
         "a table is spelled differently in `schema` and in the rows (note: declared, but never "
         "any rows)",
     .detail =
         "`schema` is looked up by the table's name. When `insert` says `Orders` and `schema` says "
         "`orders`, the rows have no key and are appended. A table that is declared and never gets "
         "a row is only noted: it may simply be empty.",
     .fix = "spell the table the same way in `schema`, `insert` and `delete`",
     .source = "concluded from the response format"},
    {.id = "SCH-06",
     .slug = "unknown-schema-key",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a schema entry holds more than `primary_key`",
     .detail = "Only `primary_key` is known. Column types cannot be declared: Fivetran infers them "
               "from the values.",
     .fix = "remove the other keys; shape the values themselves to get a type",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda#responseformat"},
};

}  // namespace

std::span<const core::RuleInfo> schema_catalogue() {
  return kRules;
}

}  // namespace rules
