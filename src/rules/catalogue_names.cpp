// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr std::string_view kNormalization =
    "https://fivetran.com/docs/connector-sdk/troubleshooting/schema-table-name-normalization";

constexpr core::RuleInfo kRules[] = {
    {.id = "NAM-01",
     .slug = "renamed",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a table or column has another name in the destination",
     .detail = "Fivetran writes names in small letters with underscores: letters lose their marks, "
               "camelCase and digits are split, other characters become underscores. With source "
               "naming (`--naming source`) they stay.",
     .fix = "nothing: use the names of the destination in queries",
     .source = kNormalization},
    {.id = "NAM-02",
     .slug = "names-collide",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "two tables or two columns of a row get one name in the destination",
     .detail = "Their data is merged: of two values in one row the last one is kept, and rows of "
               "two tables lie in one, where they may replace each other. When no row has a value "
               "in both columns it is a note.",
     .fix = "give them names that differ in more than letter case, marks and punctuation",
     .source = kNormalization},
    {.id = "NAM-03",
     .slug = "reserved-name",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a name begins with `_fivetran_`, as Fivetran's own columns do",
     .detail = "`_fivetran_synced`, `_fivetran_deleted`, `_fivetran_batch` and `_fivetran_index` "
               "are written by Fivetran; here a value that a connector sends for them is not "
               "stored. Rows read from another Fivetran destination often bring them along.",
     .fix = "leave the column out, or give it another name",
     .source = "https://fivetran.com/docs/core-concepts/system-columns-and-tables"},
    {.id = "NAM-04",
     .slug = "awkward-name",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a name is longer than 63 bytes (a note: a reserved word, or nothing of it is left "
              "after renaming)",
     .detail = "Destinations limit the length of names, PostgreSQL to 63 bytes; here such a name "
               "is cut and a hash of it is added. A name in a script that has no Latin spelling "
               "becomes `_`, as does every other one. Reserved words of SQL work, but each query "
               "must quote them.",
     .fix = "give the table or column a short name with Latin letters",
     .source = "not documented by Fivetran for functions"},
    {.id = "NAM-05",
     .slug = "schema-name-refused",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the schema name in `agent` is none that Fivetran's form takes",
     .detail = "Small letters, digits and underscores, no digit first; the name cannot be changed "
               "after the connection was made. `--schema` refuses such names; an `agent` of one's "
               "own or of a recorded request can still hold one, and a connector that reads the "
               "schema from it would be tested with a name that never comes.",
     .fix = "use a schema name of a to z, 0 to 9 and _ that does not begin with a digit",
     .source = "https://fivetran.com/docs/core-concepts/no-renaming"},
    {.id = "NAM-06",
     .slug = "table-spelled-differently",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "one table is spelled in two ways, in several responses or under `insert` and "
              "`delete`",
     .detail = "Both names become one table in the destination. When two tables are meant, their "
               "rows are merged.",
     .fix = "spell the table in one way, or rename one of the two",
     .source = kNormalization},
};

}  // namespace

std::span<const core::RuleInfo> name_catalogue() {
  return kRules;
}

}  // namespace rules
