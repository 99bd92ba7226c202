// SPDX-License-Identifier: Apache-2.0
#include "connectors/handler_connector.hpp"

#include "base/text.hpp"
#include "connectors/error_document.hpp"
#include "connectors/platform_environment.hpp"
#include "connectors/runtime_connector.hpp"
#include "connectors/scratch_folder.hpp"
#include "connectors/target_file.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace connectors {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

std::string_view word(RuntimeClient client) {
  switch (client) {
    case RuntimeClient::automatic: return "auto";
    case RuntimeClient::built_in: return "built-in";
    case RuntimeClient::aws: return "aws";
  }
  return "";
}

std::string_view style_word(const ConnectorOptions& options) {
  switch (options.style) {
    case HandlerStyle::lambda: return "lambda";
    case HandlerStyle::gcf: return "gcf";
    case HandlerStyle::azure: return "azure";
    case HandlerStyle::by_platform: break;
  }
  switch (options.platform) {
    case core::Platform::gcp: return "gcf";
    case core::Platform::azure: return "azure";
    default: return "lambda";
  }
}

// "fetch, sync and 3 more", at most ten names.
std::string listed(std::vector<std::string> functions) {
  constexpr std::size_t kShown = 10;
  const std::size_t more = functions.size() > kShown ? functions.size() - kShown : 0;
  functions.resize(functions.size() - more);
  std::string text = fmt::format("{}", fmt::join(functions, ", "));
  if (more > 0) text += fmt::format(" and {} more", more);
  return text;
}

Error function_missing(const Target& target, const std::vector<std::string>& functions) {
  const std::string file = target.file.filename().string();
  if (target.function.empty()) {
    const std::string there = functions.empty()
                                  ? "it has no function at all"
                                  : fmt::format("name one of {}, such as {}:{}", listed(functions),
                                                file, functions.front());
    return {ErrorKind::usage,
            fmt::format("cannot find the handler in {}: it has no lambda_handler, handler or main "
                        "({})",
                        file, there)};
  }
  const std::string there =
      functions.empty() ? "it has no function at all" : "it has " + listed(functions);
  const std::vector<std::string_view> candidates(functions.begin(), functions.end());
  const std::string_view near = base::closest(target.function, candidates);
  return {ErrorKind::usage,
          fmt::format("cannot call {} in {}: there is no such function ({}{})", target.function,
                      file, near.empty() ? "" : fmt::format("did you mean {}? ", near), there)};
}

std::optional<Error> explain(const Target& target, const LanguageRuntime& runtime,
                             const ErrorDocument& error) {
  if (error.type == "FivetranSim.UnsupportedInterpreter")
    return Error{ErrorKind::environment, fmt::format("cannot run {}: this is {} ({})", target.text,
                                                     error.message, runtime.needs)};
  if (error.type == "FivetranSim.NoRuntimeClient")
    return Error{ErrorKind::environment,
                 fmt::format("cannot run {} with AWS's client: {} ({}, or leave --runtime-client)",
                             target.text, error.message, runtime.aws_client)};
  if (error.type == "Runtime.HandlerNotFound" && error.lists_functions)
    return function_missing(target, error.functions);
  // AWS's clients do not say which functions there are.
  const bool missing = error.message.find(" missing on module ") != std::string::npos ||
                       error.message.find(" is undefined or not exported") != std::string::npos;
  if (error.type == "Runtime.HandlerNotFound" && missing)
    return Error{ErrorKind::usage, fmt::format("cannot call {}: there is no such function ({})",
                                               target.text, error.message)};
  return std::nullopt;
}

}  // namespace

HandlerSetting handler_setting(const Target& target, const ConnectorOptions& options) {
  HandlerSetting setting;
  setting.env = connector_environment(options);
  setting.identity.name = options.function_name.empty()
                              ? function_name_from(target.file.stem().string())
                              : options.function_name;
  setting.identity.region = region_of(setting.env);
  setting.identity.memory_mb = options.memory_mb;
  // Our client completes _HANDLER with the function once it is known.
  add_lambda_variables(setting.env, options, setting.identity, target.root, target.module);
  add_platform_variables(setting.env, options, target, setting.identity.name);
  return setting;
}

Result<std::unique_ptr<core::Connector>> make_handler_connector(const Target& target,
                                                                const ConnectorOptions& options,
                                                                HandlerSetting setting,
                                                                const LanguageRuntime& runtime,
                                                                core::LogSink log) {
  FSIM_ASSIGN(ScratchFolder scratch, ScratchFolder::make());
  for (const auto& [name, content] : runtime.client) FSIM_TRY(scratch.write(name, content));
  FSIM_ASSIGN(const std::filesystem::path temporary, scratch.make_folder("tmp"));

  RuntimeProgram program;
  program.argv = runtime.command;
  program.argv.push_back((scratch.path() / runtime.client.front().first).string());
  program.env = std::move(setting.env);
  program.env["TMPDIR"] = temporary.string();
  program.env["_FIVETRAN_SIM_FILE"] = target.file.string();
  program.env["_FIVETRAN_SIM_FUNCTION"] = target.function;
  program.env["_FIVETRAN_SIM_LIKELY"] =
      target.function.empty() ? likely_function(target.kind, target.file) : target.function;
  program.env["_FIVETRAN_SIM_STYLE"] = style_word(options);
  program.env["_FIVETRAN_SIM_CLIENT"] = word(options.runtime_client);
  program.folder = target.root;
  program.memory_limit = options.memory_limit;
  if (options.read_only_fs) FSIM_TRY(make_read_only(program, temporary));

  RuntimeFunction function{
      target.text, std::move(program), std::move(setting.identity), std::move(scratch),
      [target, runtime](const ErrorDocument& error) { return explain(target, runtime, error); }};
  return make_runtime_connector(std::move(function), options, std::move(log));
}

}  // namespace connectors
