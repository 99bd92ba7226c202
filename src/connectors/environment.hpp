// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/options.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace connectors {

// Name to value.
using Environment = std::map<std::string, std::string>;

// The environment of a program that plays a connector: the caller's, without the settings of this
// program (FIVETRAN_SIM_*) and, unless they are inherited, without any AWS access. The additions of
// `options.env` are in it.
Environment connector_environment(const ConnectorOptions& options);

// Who a function is, as AWS would tell it.
struct FunctionIdentity {
  std::string name;
  std::string region;
  int memory_mb = 512;
  std::string arn() const;  // "arn:aws:lambda:REGION:012345678912:function:NAME"
};

// Adds what a Lambda function finds in its environment
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html): who it is, where its
// code lies, UTC, UTF-8, a region. Variables that the user gave stay; the caller's locale and time
// zone do not.
void add_lambda_variables(Environment& env, const ConnectorOptions& options,
                          const FunctionIdentity& identity, const std::filesystem::path& task_root,
                          const std::string& handler);

// Makes clients of loopback addresses leave the caller's proxy alone.
void bypass_proxy(Environment& env);

// The region of a function: the one in its environment, else us-east-1.
std::string region_of(const Environment& env);

// A name that Lambda would take, made from `wanted`: letters, digits, - and _, 64 at most.
std::string function_name_from(std::string_view wanted);

// "NAME=value" for each variable.
std::vector<std::string> as_list(const Environment& env);

}  // namespace connectors
