// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"
#include "rules/registry.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "TST-01",
     .slug = "empty-table",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a table has no rows after the syncs of a suite, and is expected to have some",
     .detail = "`[expect]` of fivetran-sim.toml names the tables that may be empty in "
               "`empty-tables`, and this one is not among them. Its rows did not come: the source "
               "has none for this test, or the connector lost them.",
     .fix = "send the rows, or name the table in `empty-tables`",
     .source = "[expect] of fivetran-sim.toml"},
    {.id = "TST-02",
     .slug = "other-number-of-rows",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a table does not have the number of rows that is expected",
     .detail = "`[expect.rows]` of fivetran-sim.toml tells how many rows a table has after the "
               "syncs of a suite. Fewer mean that rows were lost, were replaced by others under "
               "the same key or were deleted; more, that rows were sent twice without a key.",
     .fix = "look at the rows with `run` and `sql`, or change the number in `[expect.rows]`",
     .source = "[expect] of fivetran-sim.toml"},
    {.id = "TST-03",
     .slug = "null-in-column",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a column is null that is expected never to be",
     .detail = "`[expect.not-null]` of fivetran-sim.toml names columns that always have a value. A "
               "row replaces the stored one as a whole, so a key that is left out of a row makes "
               "its column null, too.",
     .fix = "send a value in each row, or take the column out of `[expect.not-null]`",
     .source = "[expect] of fivetran-sim.toml"},
    {.id = "TST-04",
     .slug = "more-calls-than-expected",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the syncs of a suite took more calls than expected",
     .detail = "`max-calls` in `[expect]` of fivetran-sim.toml limits the calls of all syncs of a "
               "suite. More calls for the same rows mean smaller pages, a page that comes again or "
               "a loop that ends late; each one costs time in Fivetran and money at the platform.",
     .fix = "send larger pages, or raise `max-calls`",
     .source = "[expect] of fivetran-sim.toml"},
    {.id = "TST-05",
     .slug = "order-of-keys-in-state",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "a state gives another answer when its keys come in another order",
     .detail = "The order of keys in a JSON object has no meaning, and Fivetran stores the state "
               "without promising to keep it. A connector that compares the state as a text, or "
               "reads it by position, starts over or fails once it comes back in another order.",
     .fix = "read the state as JSON and take its values by key",
     .source = "RFC 8259 §4"},
};

constexpr std::string_view kIds[] = {"TST-01", "TST-02", "TST-03", "TST-04", "TST-05"};

}  // namespace

std::span<const core::RuleInfo> suite_catalogue() {
  return kRules;
}

std::span<const std::string_view> suite_rules() {
  return kIds;
}

}  // namespace rules
