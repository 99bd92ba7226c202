// SPDX-License-Identifier: Apache-2.0
#include "protocol/connection_documents.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace protocol {
namespace {

using json = nlohmann::ordered_json;

std::string or_placeholder(const std::string& value, std::string_view name) {
  return value.empty() ? fmt::format("<{}>", name) : value;
}

std::string_view service(core::Platform platform) {
  switch (platform) {
    case core::Platform::gcp: return "google_cloud_function";
    case core::Platform::azure: return "azure_function";
    default: return "aws_lambda";
  }
}

// How a document stands for a secret: its name in, the placeholder out.
using Placeholder = std::function<std::string(const std::string&)>;

json platform_config(const ConnectionFacts& facts, const Placeholder& secret) {
  switch (facts.platform) {
    case core::Platform::gcp:
      return {{"function_trigger",
               or_placeholder(facts.trigger, "https://REGION-PROJECT.cloudfunctions.net/NAME")}};
    case core::Platform::azure:
      return {{"function_app", or_placeholder(facts.app, "function app")},
              {"function_name", or_placeholder(facts.function_name, "function name")},
              {"function_key", secret("function_key")}};
    default: break;
  }
  json config = {{"function", or_placeholder(facts.function, "function")},
                 {"region", or_placeholder(facts.region, "region")},
                 {"role_arn", or_placeholder(facts.role_arn, "arn:aws:iam::ACCOUNT:role/ROLE")},
                 {"external_id", or_placeholder(facts.external_id, "external id")},
                 {"sync_method", facts.bucket.empty() ? "DIRECT" : "CLOUD_STORAGE"}};
  if (!facts.bucket.empty()) config["bucket"] = facts.bucket;
  return config;
}

json config_of(const ConnectionFacts& facts, const Placeholder& secret) {
  json config = platform_config(facts, secret);
  const auto add = [&config](const char* list, const std::string& key, const std::string& value) {
    config[list].push_back({{"key", key}, {"value", value}});
  };
  for (const std::string& name : facts.secrets) add("secrets_list", name, secret(name));
  for (const auto& [key, value] : facts.custom_payload) add("custom_payloads", key, value);
  return config;
}

// A name that Terraform takes for a variable: letters, digits and underscores.
std::string variable_name(std::string_view name) {
  std::string variable;
  for (const char letter : name) {
    const auto c = static_cast<unsigned char>(letter);
    variable += std::isalnum(c) != 0 ? static_cast<char>(std::tolower(c)) : '_';
  }
  return variable;
}

// A JSON string in Terraform's language: the same but for ${ and %{, which would begin a template.
std::string hcl_string(const json& value) {
  std::string quoted;
  for (const char c : value.dump()) {
    if (c == '{' && (quoted.ends_with('$') || quoted.ends_with('%'))) quoted += quoted.back();
    quoted += c;
  }
  return quoted;
}

// Stands for a secret until the text is written; no name or value of a user's begins so.
constexpr std::string_view kVariable = "\x01var.";

std::string hcl_value(const json& value, std::size_t indent) {
  const std::string margin(indent + 2, ' '), end(indent, ' ');
  if (value.is_object()) {
    std::size_t widest = 0;
    for (const auto& [key, member] : value.items()) widest = std::max(widest, key.size());
    std::string text = "{\n";
    for (const auto& [key, member] : value.items())
      text += fmt::format("{}{:<{}} = {}\n", margin, key, widest, hcl_value(member, indent + 2));
    return text + end + "}";
  }
  if (value.is_array()) {
    std::string text = "[\n";
    for (const json& element : value)
      text += fmt::format("{}{},\n", margin, hcl_value(element, indent + 2));
    return text + end + "]";
  }
  const std::string text = value.get<std::string>();
  return text.starts_with(kVariable) ? text.substr(1) : hcl_string(value);
}

std::string variable(std::string_view name, bool sensitive) {
  return fmt::format("variable \"{}\" {{\n  type{} = string\n{}}}\n\n", name,
                     sensitive ? "     " : "", sensitive ? "  sensitive = true\n" : "");
}

}  // namespace

std::pair<std::string, std::string> azure_names(std::string_view url) {
  const std::size_t host = url.find("://");
  const std::size_t end = url.find(".azurewebsites.net");
  if (host == url.npos || end == url.npos || end < host) return {};
  std::pair<std::string, std::string> names{url.substr(host + 3, end - host - 3), ""};
  constexpr std::string_view kApi = "/api/";
  if (const std::size_t api = url.find(kApi, end); api != url.npos) {
    const std::string_view rest = url.substr(api + kApi.size());
    names.second = rest.substr(0, rest.find_first_of("?#"));
  }
  return names;
}

std::string connection_body(const ConnectionFacts& facts) {
  json config = {{"schema", facts.schema}};
  config.update(
      config_of(facts, [](const std::string& name) { return fmt::format("<{}>", name); }));
  const json body = {{"group_id", or_placeholder(facts.group_id, "group id")},
                     {"service", service(facts.platform)},
                     {"run_setup_tests", true},
                     {"paused", true},
                     {"schedule_type", "auto"},
                     {"config", std::move(config)}};
  return body.dump(2);
}

std::string connection_terraform(const ConnectionFacts& facts) {
  std::vector<std::string> sensitive;
  const json config = config_of(facts, [&sensitive](const std::string& name) {
    std::string own = name == "function_key" ? name : "secret_" + variable_name(name);
    // "api-key" and "api_key" are two secrets.
    while (std::ranges::find(sensitive, own) != sensitive.end()) own += "_too";
    sensitive.push_back(own);
    return fmt::format("{}{}", kVariable, own);
  });
  std::string text;
  if (facts.group_id.empty()) text += variable("fivetran_group_id", false);
  for (const std::string& name : sensitive) text += variable(name, true);
  const std::string group =
      facts.group_id.empty() ? "var.fivetran_group_id" : hcl_string(json(facts.group_id));
  const std::string label = variable_name(facts.schema);
  text += fmt::format(
      "resource \"fivetran_connection\" \"{}\" {{\n"
      "  group_id        = {}\n"
      "  service         = \"{}\"\n"
      "  run_setup_tests = true\n\n"
      "  destination_schema {{\n    name = {}\n  }}\n\n"
      "  config = jsonencode({})\n}}",
      label, group, service(facts.platform), hcl_string(json(facts.schema)), hcl_value(config, 2));
  return text;
}

}  // namespace protocol
