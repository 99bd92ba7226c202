// SPDX-License-Identifier: Apache-2.0
#include "connectors/environment.hpp"

#include "base/random.hpp"

#include <locale.h>
#include <unistd.h>

#include <cctype>
#include <ctime>

#include <fmt/core.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): macOS has it in no header

namespace connectors {
namespace {

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

Environment caller_environment() {
  Environment env;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    env.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return env;
}

void hide_aws_access(Environment& env) {
  std::erase_if(env, [](const auto& variable) { return starts_with(variable.first, "AWS_"); });
  env["AWS_CONFIG_FILE"] = "/dev/null";
  env["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
  env["AWS_EC2_METADATA_DISABLED"] = "true";
}

// Lambda's own locale where the system has it, else the UTF-8 locale that needs no data.
const char* utf8_locale() {
  if (const locale_t found = newlocale(LC_ALL_MASK, "en_US.UTF-8", nullptr)) {
    freelocale(found);
    return "en_US.UTF-8";
  }
  return "C.UTF-8";
}

// "2026/11/22/[$LATEST]" and 32 hexadecimal digits.
std::string log_stream() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::string id = base::uuid4();
  std::erase(id, '-');
  return fmt::format("{:04}/{:02}/{:02}/[$LATEST]{}", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, id);
}

}  // namespace

Environment connector_environment(const ConnectorOptions& options) {
  Environment env = caller_environment();
  std::erase_if(env,
                [](const auto& variable) { return starts_with(variable.first, "FIVETRAN_SIM_"); });
  if (options.aws_credentials == AwsCredentials::none) hide_aws_access(env);
  for (const auto& [name, value] : options.env) env[name] = value;
  return env;
}

std::string FunctionIdentity::arn() const {
  return fmt::format("arn:aws:lambda:{}:012345678912:function:{}", region, name);
}

void add_lambda_variables(Environment& env, const ConnectorOptions& options,
                          const FunctionIdentity& identity, const std::filesystem::path& task_root,
                          const std::string& handler) {
  std::erase_if(env, [](const auto& variable) { return starts_with(variable.first, "LC_"); });
  env["TZ"] = ":UTC";
  env["LANG"] = utf8_locale();
  env["PYTHONUNBUFFERED"] = "1";
  env["LAMBDA_TASK_ROOT"] = task_root.string();
  env["LAMBDA_RUNTIME_DIR"] = "/var/runtime";
  env["_HANDLER"] = handler;
  env["AWS_LAMBDA_FUNCTION_NAME"] = identity.name;
  env["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
  env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = std::to_string(identity.memory_mb);
  env["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + identity.name;
  env["AWS_LAMBDA_LOG_STREAM_NAME"] = log_stream();
  env["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
  env["AWS_REGION"] = identity.region;
  env["AWS_DEFAULT_REGION"] = identity.region;
  for (const auto& [name, value] : options.env) env[name] = value;
}

void bypass_proxy(Environment& env) {
  for (const char* name : {"NO_PROXY", "no_proxy"}) {
    std::string& value = env[name];
    value += value.empty() ? "127.0.0.1,localhost" : ",127.0.0.1,localhost";
  }
}

std::string region_of(const Environment& env) {
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"})
    if (const auto found = env.find(name); found != env.end() && !found->second.empty())
      return found->second;
  return "us-east-1";
}

std::string function_name_from(std::string_view wanted) {
  std::string name;
  for (const char c : wanted.substr(0, 64)) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    name += plain ? c : '-';
  }
  return name.empty() ? "connector" : name;
}

std::vector<std::string> as_list(const Environment& env) {
  std::vector<std::string> list;
  list.reserve(env.size());
  for (const auto& [name, value] : env) list.push_back(fmt::format("{}={}", name, value));
  return list;
}

}  // namespace connectors
