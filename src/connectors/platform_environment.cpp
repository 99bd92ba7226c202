// SPDX-License-Identifier: Apache-2.0
#include "connectors/platform_environment.hpp"

#include "base/random.hpp"
#include "connectors/target_file.hpp"

#include <algorithm>

namespace connectors {
namespace {

std::string hexadecimal_id() {
  std::string id = base::uuid4() + base::uuid4();
  std::erase(id, '-');
  return id;
}

// The function of a handler file; of a program that speaks HTTP nobody knows it.
std::string function_of(const Target& target) {
  if (!target.function.empty()) return target.function;
  const bool handler = target.kind == TargetKind::python || target.kind == TargetKind::node;
  return handler ? likely_function(target.kind, target.file) : std::string();
}

void add_google(Environment& env, const Target& target, const std::string& name) {
  if (const std::string function = function_of(target); !function.empty())
    env["FUNCTION_TARGET"] = function;
  env["FUNCTION_SIGNATURE_TYPE"] = "http";
  env["K_SERVICE"] = name;
  env["K_CONFIGURATION"] = name;
  env["K_REVISION"] = name + "-00001-sim";
  env["PORT"] = "8080";
}

const char* worker_runtime(TargetKind kind) {
  switch (kind) {
    case TargetKind::python: return "python";
    case TargetKind::node: return "node";
    default: return "custom";
  }
}

void add_azure(Environment& env, const Target& target, const std::string& name) {
  env["FUNCTIONS_WORKER_RUNTIME"] = worker_runtime(target.kind);
  env["FUNCTIONS_EXTENSION_VERSION"] = "~4";
  env["AZURE_FUNCTIONS_ENVIRONMENT"] = "Production";
  env["WEBSITE_SITE_NAME"] = name;
  env["WEBSITE_HOSTNAME"] = name + ".azurewebsites.net";
  env["WEBSITE_INSTANCE_ID"] = hexadecimal_id();
  env["REGION_NAME"] = "East US";
}

}  // namespace

void add_platform_variables(Environment& env, const ConnectorOptions& options, const Target& target,
                            const std::string& function_name) {
  if (options.platform == core::Platform::gcp) add_google(env, target, function_name);
  if (options.platform == core::Platform::azure) add_azure(env, target, function_name);
  for (const auto& [name, value] : options.env) env[name] = value;
}

}  // namespace connectors
