// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kForecast[] = {
    {.id = "FCT-01",
     .slug = "history-over-six-hours",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "the history takes more than one sync of six hours (`forecast`)",
     .detail = "Fivetran ends a sync after six hours and goes on with the next one. Nothing is"
               " lost, the first data is complete later.",
     .fix = "send larger pages, within the limits; nothing has to be done",
     .source = "contract §3"},
    {.id = "FCT-02",
     .slug = "payload-trend",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "responses grow from call to call towards the platform's limit (`forecast`)",
     .detail = "A page that grows with each call, mostly since it holds all that came before "
               "or a state that grows, passes the limit one day, and from then on each sync "
               "fails.",
     .fix = "bound pages by bytes, not by what there is",
     .source = "contract §3.1"},
    {.id = "FCT-03",
     .slug = "no-forecast",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "how long the history takes cannot be told (`forecast`)",
     .detail = "No value of the state moves forward with the calls, or where it ends is not "
               "known, or there were too few calls.",
     .fix = "make more calls (--max-calls), or tell the end: --until VALUE, --total-rows N",
     .source = "nothing to go by"},
};

}  // namespace

std::span<const core::RuleInfo> forecast_catalogue() {
  return kForecast;
}

}  // namespace rules
