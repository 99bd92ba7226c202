// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/aws_options.hpp"
#include "connectors/http_options.hpp"
#include "core/rule.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace connectors {

// What a program that we start may see of the caller's AWS access.
enum class AwsCredentials {
  none,     // no AWS_* variable, no profile files, no instance metadata
  inherit,  // all of it
};

// Which client of the Lambda Runtime API runs a Python or Node handler.
enum class RuntimeClient {
  automatic,  // AWS's own (awslambdaric, aws-lambda-ric) when the interpreter has it, else ours
  built_in,   // ours
  aws,        // AWS's own or none
};

// How a Python or Node handler is called and answers.
enum class HandlerStyle {
  by_platform,
  lambda,  // event and context, a result
  gcf,     // Google's: a view of Flask, a handler of Express
  azure,   // Azure's: HttpRequest to HttpResponse; (context, req) or (request, context)
};

// How local connectors are run; the defaults are those of the command line.
struct ConnectorOptions {
  std::vector<std::pair<std::string, std::string>> env;  // added last: --env K=V
  // Whose limits on the bytes of one call hold: protocol::limits.
  core::Platform platform = core::Platform::aws;
  // What the context says about memory, in MB. Lambda's own default of 128 is too little for pages
  // of megabytes, so most deployed connectors have more; 512 is a usual choice.
  int memory_mb = 512;
  // Bytes of RSS of the program and all it started, above which it is killed as Lambda would do;
  // 0: not watched.
  std::uint64_t memory_limit = 0;
  std::string function_name;           // empty: the name of the handler's file
  std::string python;                  // the interpreter for python: targets; empty: looked for
  std::filesystem::path project_root;  // where a .venv may lie; empty: the current folder
  bool cold = false;                   // a fresh process for each call
  AwsCredentials aws_credentials = AwsCredentials::none;
  // Calls name a bucket: a local connector gets a stand-in for S3, of a deployed one the AWS CLI
  // reads what it wrote.
  bool through_bucket = false;
  AwsOptions aws;    // for lambda: targets
  HttpOptions http;  // for http://, https:// and serve: targets
  // How long a runtime may load before its first call. AWS gives 10 seconds, then loads it again
  // within the time of that call.
  std::chrono::milliseconds init_timeout{10'000};
  bool freeze = false;        // stop a runtime between calls, as Lambda does
  bool read_only_fs = false;  // the connector can write its temporary folder and /tmp only
  HandlerStyle style = HandlerStyle::by_platform;
  RuntimeClient runtime_client = RuntimeClient::automatic;
  std::filesystem::path task_root;  // working folder of a runtime: program; empty: the target's
};

}  // namespace connectors
