// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"
#include "cli/options_secrets.hpp"

namespace cli {

void add_aws_command(CLI::App& app, Arguments& args) {
  CLI::App& aws = add_command(app, args, "aws",
                              "What Fivetran needs in AWS: policy, trust, setup, doctor, "
                              "connection");
  aws.add_option(
         "action", args.action,
         "policy: what the role may do; trust: who may take it; setup: the commands that "
         "make both; doctor: checks a deployed function; connection: the body for Fivetran's "
         "API")
      ->required()
      ->check(CLI::IsMember({"policy", "trust", "setup", "doctor", "connection"}));
  aws.add_option("function", args.target,
                 "lambda:NAME or an ARN; for connection also the URL of a Google or Azure function")
      ->type_name("TARGET");
  AwsSetupArguments& setup = args.aws_setup;
  const char* form = "As Fivetran's form has it";
  aws.add_option("--external-id", args.external_id, "The external id that the form shows")
      ->type_name("ID")
      ->group(form);
  aws.add_option("--role-arn", args.aws.role_arn,
                 "The role's ARN; for doctor the function's own role by default")
      ->type_name("ARN")
      ->group(form);
  aws.add_option("--sync-method", args.sync_method, "direct, or s3 through --bucket")
      ->check(CLI::IsMember({"direct", "s3"}))
      ->group(form);
  aws.add_option("--bucket", args.bucket, "The bucket of a sync through S3")
      ->type_name("NAME")
      ->group(form);
  aws.add_option("--schema", args.schema, "Schema of the connection")
      ->type_name("NAME")
      ->group(form);
  aws.add_option("--custom-payload", args.custom_payload, "K=V; repeatable")
      ->type_name("K=V")
      ->group(form);
  add_secret_options(aws, args, form);
  aws.add_option("--group-id", setup.group_id, "connection: the destination's group")
      ->type_name("NAME")
      ->group(form);
  aws.add_option("--platform", args.platform, "connection: aws, gcp or azure")
      ->check(CLI::IsMember({"aws", "gcp", "azure"}))
      ->group(form);

  const char* doing = "What to do";
  aws.add_option("--role", setup.role, "setup: the name of the role to make")
      ->type_name("NAME")
      ->group(doing);
  aws.add_flag("--apply", setup.apply, "setup: run the commands, not only print them")
      ->group(doing);
  aws.add_flag("--replace", setup.replace,
               "setup --apply: give what exists and is different the new document")
      ->group(doing);
  aws.add_option("--time-budget", setup.time_budget,
                 "doctor: how long the connector works in one call before it answers with hasMore")
      ->type_name("TIME")
      ->group(doing);
  aws.add_option("--document", setup.documents,
                 "doctor: a policy or trust in a file, judged without AWS; repeatable")
      ->type_name("FILE")
      ->group(doing);
  aws.add_flag("--no-call", setup.no_call, "doctor: leave the setup test out, call nothing")
      ->group(doing);
  aws.add_option("--format", args.format, "doctor: table or json; connection: json or terraform")
      ->check(CLI::IsMember({"table", "json", "terraform"}))
      ->group(doing);
  add_aws_place_options(aws, args, "How AWS is reached");
  const char* doctor =
      "aws doctor lambda:orders --role-arn arn:aws:iam::123456789012:role/fivetran "
      "--external-id witty_walrus";
  add_examples(aws, {"aws policy lambda:orders > policy.json",
                     "aws trust --external-id witty_walrus > trust.json",
                     "aws setup lambda:orders --external-id witty_walrus --apply", doctor,
                     "aws connection lambda:orders --secrets secrets.json --format terraform"});
}

}  // namespace cli
