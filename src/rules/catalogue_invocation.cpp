// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "INV-01",
     .slug = "failed-call",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = observed,
     .brief =
         "the connector gave no answer: it raised an error, ended, hung or could not be loaded",
     .detail = "A call that fails ends the sync. Rows and state of the calls before it stay, and "
               "the next sync starts with the state of the last call that succeeded. Fivetran's "
               "dashboard shows the failure as `<errorType> : <errorMessage>`, which is also how "
               "it is shown here, followed by the last lines that the connector printed.",
     .fix = "read the error and the log lines below it; the same request can be sent again with "
            "`fivetran-sim invoke`",
     .source = "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (FunctionError)"},
    {.id = "INV-02",
     .slug = "http-status",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "the HTTP answer has a status other than 200",
     .detail =
         "Functions on Google Cloud and Azure are called over HTTP and must answer 200; any other "
         "status is a failed call, whatever its body says. 401 and 403 mean that the caller lacks "
         "the right to invoke the function (on Google Cloud: the Invoker role of Fivetran's "
         "service account; on Azure: the function key).",
     .fix = "answer 200 with the response document; to report an error, answer 200 with an "
            "`errorMessage`",
     .source = "https://fivetran.com/docs/functions/google-cloud-functions"},
    {.id = "INV-03",
     .slug = "content-type",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "the HTTP answer is JSON but its Content-Type is not application/json",
     .detail =
         "Every published sample for Google Cloud and Azure sets `Content-Type: application/json`. "
         "Whether Fivetran insists on it is not known; the body could be read, so this is a note.",
     .fix = "set the header `Content-Type: application/json`",
     .source = "https://github.com/fivetran/functions"},
    {.id = "INV-04",
     .slug = "error-answer",
     .fidelity = error,
     .strict = error,
     .fidelity_effect = rejects,
     .strict_effect = rejects,
     .certainty = documented,
     .brief = "the response reports a failure of the connector in `errorMessage`",
     .detail =
         "A response with `errorMessage` at its root tells Fivetran that the call failed: the text "
         "appears on the dashboard, nothing of the response is loaded and the state stays where it "
         "was. The next sync sends the same state again.",
     .fix = "find out why the connector reports this; if nothing failed, leave `errorMessage` out",
     .source = "https://fivetran.com/docs/functions/changelog (July 2023)"},
    {.id = "INV-05",
     .slug = "not-idempotent",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "the same request, sent twice, gave different rows or another state",
     .detail =
         "A call may be repeated: clients of AWS retry, and after a failure Fivetran sends the "
         "last good state again. A connector whose answer depends on anything but the request (a "
         "random number, the clock, memory of earlier calls, a queue that it drains) then loses or "
         "invents rows. Checked only with --check-idempotent. Rows that differ because the source "
         "itself changed between the two calls look the same.",
     .fix = "derive rows and state from the request and the source only; keep no memory between "
            "calls",
     .source = "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"},
};

}  // namespace

std::span<const core::RuleInfo> invocation_catalogue() {
  return kRules;
}

}  // namespace rules
