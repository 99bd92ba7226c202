// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "connectors/environment.hpp"
#include "connectors/error_document.hpp"
#include "connectors/options.hpp"
#include "connectors/runtime_process.hpp"
#include "connectors/scratch_folder.hpp"
#include "core/connector.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace connectors {

// A function that runs behind the Runtime API: what is particular to one kind of target.
struct RuntimeFunction {
  std::string name;  // the target, for describe()
  RuntimeProgram program;
  FunctionIdentity identity;
  ScratchFolder scratch;  // lives as long as the connector
  // Looks at why loading failed. An Error when the user, not the connector, has to act. May be
  // empty.
  std::function<std::optional<base::Error>(const ErrorDocument&)> explain_init_error;
};

// Calls a function as AWS Lambda does (lifecycle:
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html):
//
// * The process is started by the first call and kept. It has `init_timeout` to load; when that is
//   over it is killed and loaded once more, this time within the time limit of the call.
// * An invocation is over when the runtime asks for the next one or ends. A handler that answers
//   and goes on working is waited for by the next call, within that call's time limit.
// * With `freeze`, a process that waits for the next invocation stands still, as on Lambda.
// * A process that ended or was killed is replaced by the next call. A loading error is reported at
//   once; AWS would load a second time and report the same.
// * Over the time limit, and at the end of this object, the process and all it started are killed.
//
// `duration` is the time of the invocation, `init_duration` that of loading before it.
std::unique_ptr<core::Connector> make_runtime_connector(RuntimeFunction function,
                                                        const ConnectorOptions& options,
                                                        core::LogSink log);

}  // namespace connectors
