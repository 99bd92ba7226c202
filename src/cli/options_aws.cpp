// SPDX-License-Identifier: Apache-2.0
#include "cli/aws_options.hpp"
#include "cli/options.hpp"

namespace cli {

void add_aws_place_options(CLI::App& app, Arguments& args, const std::string& group) {
  AwsArguments& aws = args.aws;
  app.add_option("--profile", aws.profile, "AWS profile")->type_name("NAME")->group(group);
  app.add_option("--region", aws.region, "AWS region")->type_name("NAME")->group(group);
  app.add_option("--endpoint-url", aws.endpoint_url, "Instead of AWS's own Lambda endpoint")
      ->type_name("URL")
      ->group(group);
}

void add_aws_options(CLI::App& app, Arguments& args) {
  const char* group = "A deployed Lambda function";
  AwsArguments& aws = args.aws;
  app.add_option("--lambda-client", aws.client,
                 "cli: through the AWS CLI; direct: signed here, over one kept connection")
      ->check(CLI::IsMember({"cli", "direct"}))
      ->group(group);
  add_aws_place_options(app, args, group);
  app.add_option("--role-arn", aws.role_arn,
                 "Role to assume for the call, with --external-id, as Fivetran does")
      ->type_name("ARN")
      ->group(group);
}

connectors::AwsOptions aws_options(const Arguments& args) {
  connectors::AwsOptions options;
  options.client = args.aws.client == "direct" ? connectors::LambdaClient::direct
                                               : connectors::LambdaClient::cli;
  options.profile = args.aws.profile;
  options.region = args.aws.region;
  options.endpoint_url = args.aws.endpoint_url;
  options.role_arn = args.aws.role_arn;
  options.external_id = args.external_id;
  return options;
}

}  // namespace cli
