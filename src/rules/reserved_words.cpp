// SPDX-License-Identifier: Apache-2.0
#include "rules/reserved_words.hpp"

#include <algorithm>
#include <array>

namespace rules {
namespace {

// Reserved in PostgreSQL as well as in at least one of BigQuery, Snowflake and Redshift. In
// alphabetical order.
constexpr auto kWords = std::to_array<std::string_view>({
    "all",          "and",       "any",        "array",     "as",      "asc",      "between",
    "both",         "case",      "cast",       "check",     "collate", "column",   "constraint",
    "create",       "cross",     "current",    "default",   "desc",    "distinct", "do",
    "else",         "end",       "except",     "exists",    "false",   "fetch",    "for",
    "foreign",      "from",      "full",       "grant",     "group",   "having",   "in",
    "inner",        "intersect", "interval",   "into",      "is",      "join",     "lateral",
    "leading",      "left",      "like",       "limit",     "natural", "not",      "null",
    "offset",       "on",        "only",       "or",        "order",   "outer",    "over",
    "partition",    "primary",   "references", "returning", "right",   "rows",     "select",
    "session_user", "set",       "some",       "table",     "then",    "to",       "trailing",
    "true",         "union",     "unique",     "user",      "using",   "values",   "when",
    "where",        "window",    "with",
});
static_assert(std::ranges::is_sorted(kWords));

}  // namespace

bool is_reserved_word(std::string_view name) {
  return std::ranges::binary_search(kWords, name);
}

}  // namespace rules
