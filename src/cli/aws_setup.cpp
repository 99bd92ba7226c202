// SPDX-License-Identifier: Apache-2.0
#include "workflows/aws_setup.hpp"

#include "base/text.hpp"
#include "cli/aws_parts.hpp"
#include "connectors/aws_cli.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

void say(std::string_view line) {
  std::cout << base::visible(line) << '\n' << std::flush;
}

base::Result<workflows::AwsSetupWish> wish_of(const Arguments& args) {
  workflows::AwsSetupWish wish;
  FSIM_ASSIGN(wish.name, function_of(args));
  wish.aws = place_of(args, wish.name);
  wish.role = args.aws_setup.role;
  FSIM_ASSIGN(wish.bucket, named_bucket(args));
  if (wish.aws.external_id.empty())
    return fail(ErrorKind::usage,
                "no external id given (add --external-id, two words like witty_walrus that "
                "Fivetran's form shows)");
  if (wish.role.empty()) return fail(ErrorKind::usage, "no role given (add --role NAME)");
  FSIM_TRY(workflows::check_names(wish));
  return wish;
}

void say_next(const Arguments& args, const workflows::AwsSetupWish& wish) {
  if (!wish.bucket.empty())
    hint(args,
         "the function's own role needs s3:PutObject on the bucket too, unless it runs under "
         "this one");
  hint(args, fmt::format("then check it: fivetran-sim aws doctor lambda:{} --role-arn "
                         "arn:aws:iam::ACCOUNT:role/{} --external-id {}{}",
                         wish.name.function, wish.role, wish.aws.external_id,
                         wish.bucket.empty() ? "" : " --bucket " + wish.bucket));
}

}  // namespace

base::Result<core::ExitCode> aws_setup(const Arguments& args) {
  FSIM_ASSIGN(const workflows::AwsSetupWish wish, wish_of(args));
  const std::vector<workflows::AwsSetupStep> steps = workflows::setup_steps(wish);
  // The role's ARN goes into Fivetran's form.
  const std::vector<std::string> last{"iam",     "get-role", "--role-name", wish.role,
                                      "--query", "Role.Arn", "--output",    "text"};
  if (!args.aws_setup.apply) {
    for (const workflows::AwsSetupStep& step : steps)
      say(connectors::cli_line(step.make, wish.aws));
    say(connectors::cli_line(last, wish.aws));
    hint(args,
         "nothing was run (--apply runs them); the last one shows the role's ARN for "
         "Fivetran's form");
    say_next(args, wish);
    return core::ExitCode::ok;
  }
  FSIM_ASSIGN(const auto cli, connectors::AwsCli::find("cannot set AWS up", wish.aws));
  const connectors::AskAws ask = connectors::ask_through(cli, wish.aws);
  FSIM_TRY(workflows::apply_setup(steps, args.aws_setup.replace, wish.aws, ask, say));
  say("$ " + connectors::cli_line(last, wish.aws));
  // With --output of its own the answer is one line of text.
  const connectors::AwsReply arn = ask(last);
  if (!arn.failure) std::cout << base::visible(arn.json.substr(0, arn.json.find('\n'))) << '\n';
  say_next(args, wish);
  return core::ExitCode::ok;
}

}  // namespace cli
