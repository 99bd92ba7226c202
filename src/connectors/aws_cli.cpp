// SPDX-License-Identifier: Apache-2.0
#include "connectors/aws_cli.hpp"

#include "base/process.hpp"

#include <regex>

#include <fmt/format.h>

namespace connectors {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

constexpr std::chrono::seconds kVersionTime{60};

Environment cli_environment() {
  Environment env = connector_environment({.aws_credentials = AwsCredentials::inherit});
  env["AWS_MAX_ATTEMPTS"] = "1";
  env["AWS_PAGER"] = "";
  env["AWS_CLI_AUTO_PROMPT"] = "off";
  bypass_proxy(env);
  return env;
}

// The role that was assumed is the whole identity: no profile may come before it.
void use_key(Environment& env, const AwsKey& key) {
  env.erase("AWS_PROFILE");
  env.erase("AWS_DEFAULT_PROFILE");
  env["AWS_ACCESS_KEY_ID"] = key.id;
  env["AWS_SECRET_ACCESS_KEY"] = key.secret;
  if (key.token.empty())
    env.erase("AWS_SESSION_TOKEN");
  else
    env["AWS_SESSION_TOKEN"] = key.token;
}

}  // namespace

Result<AwsCli> AwsCli::find(std::string_view doing, const AwsOptions& aws) {
  AwsCli cli;
  cli.aws_ = aws;
  cli.env_ = cli_environment();
  const auto program = base::find_program("aws", cli.env_["PATH"]);
  if (!program)
    return fail(ErrorKind::environment,
                fmt::format("{}: the AWS CLI is not installed (install it, e.g. apt-get install "
                            "awscli or brew install awscli, or use --lambda-client direct)",
                            doing));
  cli.program_ = *program;
  base::RunOptions options;
  options.timeout = kVersionTime;
  std::string errors;
  options.on_stderr = [&errors](std::string_view line) { errors.append(line).append("\n"); };
  FSIM_ASSIGN(const base::Completed done,
              base::run({.argv = {cli.program_, "--version"}, .env = as_list(cli.env_)}, options));
  const std::string said = std::string(done.output.view()) + errors;
  std::smatch match;
  if (!std::regex_search(said, match, std::regex(R"(aws-cli/(\d+\.[0-9.]+))")))
    return fail(ErrorKind::environment,
                fmt::format("{}: {} does not run (try aws --version)", doing, cli.program_));
  cli.version_ = match[1];
  return cli;
}

Result<CliAnswer> AwsCli::run(std::vector<std::string> words, std::chrono::milliseconds timeout,
                              const std::optional<AwsKey>& key, const base::Bell* stop) const {
  base::ProcessSpec spec;
  spec.argv = {program_};
  const auto add = [&spec](const char* option, const std::string& value) {
    if (value.empty()) return;
    spec.argv.emplace_back(option);
    spec.argv.push_back(value);
  };
  add("--output", "json");
  if (!is_v1()) spec.argv.emplace_back("--no-cli-pager");
  if (!key) add("--profile", aws_.profile);
  add("--region", aws_.region);
  spec.argv.insert(spec.argv.end(), std::make_move_iterator(words.begin()),
                   std::make_move_iterator(words.end()));
  Environment env = env_;
  if (key) use_key(env, *key);
  spec.env = as_list(env);

  CliAnswer answer;
  base::RunOptions options;
  options.timeout = timeout;
  options.stop = stop;
  options.on_stderr = [&answer](std::string_view line) { answer.errors.append(line).append("\n"); };
  FSIM_ASSIGN(const base::Completed done, base::run(spec, options));
  answer.output = done.output.view();
  answer.exit_code = done.status.signal == 0 ? done.status.code : 128 + done.status.signal;
  answer.timed_out = done.timed_out;
  answer.stopped = done.stopped;
  return answer;
}

}  // namespace connectors
