// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/environment.hpp"
#include "connectors/options.hpp"
#include "connectors/target.hpp"
#include "core/connector.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connectors {

// The interpreter of a language with our small client of the Runtime API for it, which hands over
// to AWS's own client where the interpreter has it (ConnectorOptions::runtime_client).
struct LanguageRuntime {
  std::string needs;                 // "Python 3.6 or later is needed: give --python PATH"
  std::vector<std::string> command;  // the interpreter and its options
  // The client's files, name and content; the first one is what the interpreter starts.
  std::vector<std::pair<std::string_view, std::string_view>> client;
  std::string aws_client;  // how AWS's own is installed: "pip install awslambdaric"
};

// The environment of a handler, and who it is: needed to look for its interpreter.
struct HandlerSetting {
  Environment env;
  FunctionIdentity identity;
};
HandlerSetting handler_setting(const Target& target, const ConnectorOptions& options);

// An unmodified handler in one warm process. Errors of a call: the file lacks the function (usage,
// with those that it has), the interpreter is too old (environment).
base::Result<std::unique_ptr<core::Connector>> make_handler_connector(
    const Target& target, const ConnectorOptions& options, HandlerSetting setting,
    const LanguageRuntime& runtime, core::LogSink log);

}  // namespace connectors
