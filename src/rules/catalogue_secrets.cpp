// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue_parts.hpp"

namespace rules {
namespace {

using enum core::Severity;
using enum core::Effect;
using enum core::Certainty;

constexpr core::RuleInfo kRules[] = {
    {.id = "SEC-01",
     .slug = "secret-not-string",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = documented,
     .brief = "a configured secret is no string",
     .detail = "Fivetran's form takes secrets as key and value, and both are strings. Only "
               "connections made before it had that form keep a JSON object of any shape. A "
               "function that counts on a number, a list or a nested object gets a string, or "
               "nothing, from a new connection.",
     .fix = "configure each secret as a string; let the function parse it when it needs more",
     .source = "https://fivetran.com/docs/connectors/functions (Secrets)"},
    {.id = "SEC-02",
     .slug = "secret-given-away",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "the value of a configured secret stands in rows, state, an error message or the log",
     .detail =
         "Rows go to the warehouse, where many can read them; the state and error messages "
         "are shown in Fivetran's dashboard and API; logs are kept by the platform. Looked "
         "for are the configured values of eight characters and more that are no plain "
         "number, boolean, date, region or URL without credentials, as they are and "
         "JSON-escaped, URL-encoded, in base64 and in hex. `[secrets] sensitive = [\"NAME\"]` "
         "and `public = [\"NAME\"]` in fivetran-sim.toml decide otherwise. What is stored in "
         "the warehouse stays what the connector sent; all that this program prints shows "
         "<secret:NAME> instead.",
     .fix = "leave the secret out of what is returned and printed",
     .source = "concluded: the contract names these places, nothing public forbids it"},
    {.id = "SEC-03",
     .slug = "secrets-wanted",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = observed,
     .brief = "the function asks for secrets and none are configured",
     .detail = "Fivetran's own samples answer 400 when `secrets` lacks what they need.",
     .fix = "give them with --secrets FILE or --secret NAME=VALUE",
     .source = "Fivetran's samples for GCP and Azure"},
    {.id = "SEC-11",
     .slug = "credential-in-rows",
     .fidelity = info,
     .strict = info,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "what looks like a credential stands in the rows",
     .detail = "Recognised by its form alone: cloud keys, tokens with a provider's prefix, private "
               "keys, JSON web tokens. It may be data (a table of keys), or the credential with "
               "which the function reads its source.",
     .fix = "drop the column, or hash it, when nobody needs it in the warehouse",
     .source = "concluded"},
    {.id = "SEC-12",
     .slug = "credential-in-state",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "what looks like a credential stands in the state",
     .detail = "The state is shown in Fivetran's API and dashboard and kept with the connection. "
               "Functions that save an access or refresh token there give it to everyone who may "
               "see the connection, and lose it with a re-sync. Page tokens and cursors are no "
               "credentials and are not meant.",
     .fix = "get tokens anew at each call from the configured secrets, or keep them in the "
            "platform's secret store",
     .source = "concluded"},
    {.id = "SEC-14",
     .slug = "credential-in-log",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "what looks like a credential was printed",
     .detail = "Logs go to CloudWatch, Cloud Logging or Application Insights, where they are kept "
               "for long and read by many. Typical are a request's headers, a URL with a signature "
               "or password, and an exception that repeats its connection string.",
     .fix = "log which request failed, not its headers or its whole URL",
     .source = "concluded"},
    {.id = "SEC-15",
     .slug = "credential-in-error",
     .fidelity = warning,
     .strict = warning,
     .fidelity_effect = judges,
     .strict_effect = judges,
     .certainty = inferred,
     .brief = "what looks like a credential stands in the error message",
     .detail = "Fivetran shows errorMessage in the dashboard, in alerts by e-mail and in the log "
               "connector's tables.",
     .fix = "say what failed without the URL's credentials, headers or connection string",
     .source = "concluded"},
};

}  // namespace

std::span<const core::RuleInfo> secret_catalogue() {
  return kRules;
}

}  // namespace rules
