// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "SET-01",
     .slug = "setup-test-failed",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "the setup test failed: the connection could not be saved",
     .detail =
         "\"Save & Test\" calls the function once with `setup_test` true. Any well-formed response "
         "passes; an error, an `errorMessage` or something that is no JSON object does not. "
         "Whether `state` is {} or missing then is not known, so the test is sent both ways; a "
         "failure of the second one, without `state`, is only noted.",
     .fix = "answer a setup test with {\"state\": {}, \"insert\": {}, \"hasMore\": false}, after "
            "checking the credentials",
     .source = "seen in connectors that ran against Fivetran"},
    {.id = "SET-02",
     .slug = "setup-test-too-large",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the answer to the setup test is larger than 65,536 bytes",
     .detail =
         "Fivetran's set-up form shows \"Remote test socket error: Text message size [...] exceeds "
         "maximum size [65536].\" It happens when the function ignores `setup_test` and returns "
         "its first page.",
     .fix = "return no rows when `setup_test` is true",
     .source = "https://fivetran.com/docs/connectors/functions/aws-lambda/troubleshooting/"
               "remote-test-socket-error"},
    {.id = "SET-03",
     .slug = "setup-test-too-slow",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "the setup test took more than five minutes (warning above one)",
     .detail =
         "The set-up form gives up with a WebSocket error after five minutes, long before the "
         "platform ends the call.",
     .fix = "only check the credentials when `setup_test` is true",
     .source =
         "https://fivetran.com/docs/connectors/functions/aws-lambda/troubleshooting (Setup Tests "
         "Fail With a WebSocket Error After 5 Minutes)"},
    {.id = "SET-04",
     .slug = "setup-test-returns-rows",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "the answer to the setup test holds rows",
     .detail = "The function seems to ignore `setup_test` and works as in a sync. That is allowed, "
               "but slow, and fails once the first page is larger than 64 KiB. The rows are not "
               "loaded.",
     .fix = "return no rows when `setup_test` is true",
     .source = "seen in connectors that ran against Fivetran"},
};

}  // namespace

std::span<const core::RuleInfo> setup_test_catalogue() {
  return kRules;
}

}  // namespace rules
