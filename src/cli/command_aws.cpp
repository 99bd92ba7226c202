// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/aws_options.hpp"
#include "cli/aws_parts.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "connectors/lambda_invoker.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {

using base::ErrorKind;
using base::fail;

base::Result<connectors::LambdaName> function_of(const Arguments& args) {
  if (args.target.empty())
    return fail(ErrorKind::usage, fmt::format("no function given (write: fivetran-sim aws {} "
                                              "lambda:NAME)",
                                              args.action));
  FSIM_ASSIGN(const connectors::Target target,
              connectors::parse_target(args.target, args.target_folder));
  if (target.kind != connectors::TargetKind::lambda)
    return fail(ErrorKind::usage,
                fmt::format("cannot use {} here: it is no Lambda function (write lambda:NAME)",
                            target.text));
  return connectors::parse_lambda_name(target.function);
}

connectors::AwsOptions place_of(const Arguments& args, const connectors::LambdaName& name) {
  connectors::LambdaTarget target{name, "", aws_options(args)};
  target.aws.region = connectors::wanted_region(target);
  return target.aws;
}

base::Result<std::string> named_bucket(const Arguments& args) {
  if (args.sync_method == "s3" && args.bucket.empty())
    return fail(ErrorKind::usage, "--sync-method s3 needs the bucket (add --bucket NAME)");
  return args.bucket;
}

void hint(const Arguments& args, const std::string& text) {
  if (!args.quiet) std::cerr << base::visible(text) << '\n';
}

base::Result<core::ExitCode> aws_command(const Arguments& args) {
  if (args.action == "policy") return print_policy(args);
  if (args.action == "trust") return print_trust(args);
  if (args.action == "setup") return aws_setup(args);
  if (args.action == "connection") return print_connection(args);
  return aws_doctor(args);
}

}  // namespace cli
