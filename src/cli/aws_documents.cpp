// SPDX-License-Identifier: Apache-2.0
#include "cli/aws_parts.hpp"
#include "cli/secrets_input.hpp"
#include "cli/session.hpp"
#include "connectors/target.hpp"
#include "protocol/connection_documents.hpp"
#include "protocol/iam_documents.hpp"
#include "protocol/json_text.hpp"
#include "workflows/aws_setup.hpp"

#include <iostream>
#include <tuple>

#include <fmt/format.h>

namespace cli {
namespace {

using base::ErrorKind;
using base::fail;

base::Result<protocol::ConnectionFacts> connection_facts(const Arguments& args) {
  protocol::ConnectionFacts facts;
  facts.platform = platform_of(args);
  facts.schema = schema_of(args);
  facts.group_id = args.aws_setup.group_id;
  for (const auto& [name, value] :
       protocol::members(args.secrets_json).value_or(protocol::Members{}))
    facts.secrets.push_back(name);
  FSIM_ASSIGN(const auto payload, read_custom_payload(args));
  for (const auto& [name, value] :
       protocol::members(payload.value_or("{}")).value_or(protocol::Members{}))
    facts.custom_payload.emplace_back(name, protocol::string_value(value).value_or(value));
  if (facts.platform == core::Platform::aws) {
    FSIM_ASSIGN(const connectors::LambdaName name, function_of(args));
    const connectors::AwsOptions place = place_of(args, name);
    FSIM_ASSIGN(facts.bucket, named_bucket(args));
    facts.function = name.qualifier.empty() ? name.function : name.function + ":" + name.qualifier;
    facts.region = place.region;
    facts.role_arn = place.role_arn;
    facts.external_id = place.external_id;
    return facts;
  }
  if (args.target.empty()) return facts;
  FSIM_ASSIGN(const connectors::Target target,
              connectors::parse_target(args.target, args.target_folder));
  if (target.kind != connectors::TargetKind::http)
    return fail(ErrorKind::usage, fmt::format("cannot use {} for {}: give the function's URL",
                                              target.text, core::name(facts.platform)));
  facts.trigger = target.text;  // without a key that the URL may hold
  std::tie(facts.app, facts.function_name) = protocol::azure_names(target.text);
  return facts;
}

}  // namespace

base::Result<core::ExitCode> print_policy(const Arguments& args) {
  workflows::AwsSetupWish wish;
  FSIM_ASSIGN(wish.bucket, named_bucket(args));
  FSIM_TRY(workflows::check_names(wish));
  std::string resource = "*", region = args.aws.region;
  if (!args.target.empty()) {
    FSIM_ASSIGN(const connectors::LambdaName name, function_of(args));
    region = place_of(args, name).region;
    resource = protocol::function_resource(name.function, name.qualifier, region);
  }
  std::cout << protocol::permission_policy(resource, wish.bucket, region) << '\n' << std::flush;
  if (resource == "*")
    hint(args,
         "every function of the account may be called; name one (lambda:NAME) to allow only "
         "that");
  if (!wish.bucket.empty())
    hint(args,
         "which S3 actions Fivetran's own guide names is not public; these are what a sync "
         "through a bucket needs");
  return core::ExitCode::ok;
}

base::Result<core::ExitCode> print_trust(const Arguments& args) {
  if (args.external_id.empty())
    return fail(ErrorKind::usage,
                "no external id given (add --external-id, two words like witty_walrus that "
                "Fivetran's form shows)");
  workflows::AwsSetupWish wish;
  wish.aws.external_id = args.external_id;
  FSIM_TRY(workflows::check_names(wish));
  std::cout << protocol::trust_policy(args.external_id) << '\n' << std::flush;
  hint(args, fmt::format("Fivetran's account is {}; compare the external id with Fivetran's form",
                         protocol::kFivetranAccount));
  return core::ExitCode::ok;
}

base::Result<core::ExitCode> print_connection(const Arguments& args) {
  FSIM_ASSIGN(const protocol::ConnectionFacts facts, connection_facts(args));
  const bool terraform = args.format == "terraform";
  std::cout << (terraform ? protocol::connection_terraform(facts)
                          : protocol::connection_body(facts))
            << '\n'
            << std::flush;
  hint(args, terraform ? "for the provider fivetran/fivetran; it creates the connection paused"
                       : "for POST https://api.fivetran.com/v1/connections; fill in what stands in "
                         "angle brackets; it creates the connection paused");
  return core::ExitCode::ok;
}

}  // namespace cli
