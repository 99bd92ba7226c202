// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "TYP-01",
     .slug = "column-widened",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a value does not fit into its stored column, which takes a wider type",
     .detail = "Fivetran gives each column the narrowest type that holds what it has seen and "
               "widens it when a value does not fit; what reads the table sees the change. From "
               "one number or one time to a wider one it is a note. A column that ends as STRING "
               "or JSON breaks sums and comparisons.",
     .fix = "send each column with one type on every page: look at the value that is named",
     .source = "https://fivetran.com/blog/data-types"},
    {.id = "TYP-02",
     .slug = "mixed-types",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "values of different kinds stand in one column of a page: it ends as STRING or JSON",
     .detail =
         "Numbers, booleans, dates, texts and nested values have no type in common but STRING or "
         "JSON. Which of the two it becomes is an assumption. A column with more texts than dates "
         "is taken as free text and only noted.",
     .fix = "send one kind of value in a column, and null where there is none",
     .source =
         "https://fivetran.com/docs/using-fivetran/features/type-locking/type-locking-matrix"},
    {.id = "TYP-03",
     .slug = "large-integer",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "an integer is beyond 64 bits (a note beyond 2^53)",
     .detail =
         "Fivetran's SDK sends an integer that 64 bits cannot hold as a floating-point number, and "
         "its last digits are lost. Between 2^53 and 2^63 the digits stay, but a connector in "
         "JavaScript has rounded them already: an identifier that ends in zeros is a sign of that.",
     .fix = "send such identifiers as texts",
     .source = "https://github.com/fivetran/functions (twitter sample)"},
    {.id = "TYP-04",
     .slug = "json-as-text",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a text holds a JSON object or array",
     .detail = "It is stored as a STRING with its quotes and backslashes, and queries must parse "
               "it. Sent as an object it would become a JSON column.",
     .fix = "send the object itself instead of its text (json.dumps, JSON.stringify)",
     .source =
         "https://fivetran.com/docs/connector-sdk/troubleshooting/json-data-contains-backslashes"},
    {.id = "TYP-05",
     .slug = "nested-value",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "an object or array becomes one JSON column",
     .detail = "Fivetran does not unpack nested JSON objects. That an array is stored as JSON as "
               "well is an assumption.",
     .fix = "nothing, or flatten what queries need into columns of its own",
     .source = "https://fivetran.com/docs (Snowflake, transform JSON data)"},
    {.id = "TYP-06",
     .slug = "column-always-null",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a column that only held nulls is not created",
     .detail = "By default Fivetran creates a column when it receives a first value that is not "
               "null. A query that names the column fails until then.",
     .fix = "nothing, unless a value was expected",
     .source = "https://fivetran.com/docs/connector-sdk (schema management)"},
    {.id = "TYP-07",
     .slug = "odd-date",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "times with and without a zone stand in one column (a note: no zone, or no ISO form)",
     .detail = "Texts in ISO 8601 form become dates and timestamps. Without a zone nobody knows "
               "which moment is meant; mixed with others, such times are taken as UTC and are off "
               "by hours where they were local. Other forms, such as 01/02/21, stay texts.",
     .fix = "send times as YYYY-MM-DDTHH:MM:SSZ and dates as YYYY-MM-DD",
     .source = "https://github.com/fivetran/dbt_youtube_analytics (published_at)"},
    {.id = "TYP-08",
     .slug = "characters-replaced",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a text holds U+0000 or half of a surrogate pair, which no database stores",
     .detail = "What Fivetran makes of such characters is not documented. Here each of them is "
               "stored as U+FFFD. Half of a surrogate pair comes from a text that was cut by "
               "UTF-16 units, as JavaScript's substring does.",
     .fix = "cut texts at whole characters, and drop U+0000",
     .source = "not documented by Fivetran for functions"},
};

}  // namespace

std::span<const core::RuleInfo> type_catalogue() {
  return kRules;
}

}  // namespace rules
