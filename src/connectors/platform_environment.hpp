// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/environment.hpp"
#include "connectors/target.hpp"

namespace connectors {

// Adds what a function finds in its environment on the platform of `options`, besides what Lambda's
// runtimes need; nothing for AWS. Variables that the user gave stay.
//
// Google: FUNCTION_TARGET, FUNCTION_SIGNATURE_TYPE, K_SERVICE, K_REVISION, K_CONFIGURATION, PORT
// (https://cloud.google.com/functions/docs/configuring/env-var and
// https://cloud.google.com/run/docs/container-contract#env-vars).
// Azure: FUNCTIONS_WORKER_RUNTIME, FUNCTIONS_EXTENSION_VERSION, AZURE_FUNCTIONS_ENVIRONMENT,
// WEBSITE_SITE_NAME, WEBSITE_HOSTNAME, WEBSITE_INSTANCE_ID, REGION_NAME
// (https://learn.microsoft.com/azure/app-service/reference-app-settings and
// https://learn.microsoft.com/azure/azure-functions/functions-app-settings).
void add_platform_variables(Environment& env, const ConnectorOptions& options, const Target& target,
                            const std::string& function_name);

}  // namespace connectors
