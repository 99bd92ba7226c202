// SPDX-License-Identifier: Apache-2.0
#include "workflows/aws_doctor.hpp"

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/aws_parts.hpp"
#include "cli/checks_output.hpp"
#include "cli/session.hpp"
#include "connectors/aws_cli.hpp"
#include "engine/answers.hpp"
#include "engine/calls.hpp"
#include "protocol/iam_check.hpp"
#include "protocol/iam_documents.hpp"
#include "workflows/aws_setup.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

using connectors::HealthCheck;
using Status = HealthCheck::Status;

// A policy or trust that is still in a file.
base::Result<HealthCheck> check_document(const std::string& path, const std::string& external_id) {
  FSIM_ASSIGN(const std::string text, base::read_file(path));
  HealthCheck check{.subject = path, .needed = true};
  const protocol::TrustFacts trust = protocol::read_trust(text);
  if (!trust.readable) {
    check.detail = "no policy: a JSON object with statements is wanted";
  } else if (!trust.bad_version.empty()) {
    check.detail = fmt::format("AWS refuses the version \"{}\"", trust.bad_version);
    check.advice = fmt::format("write \"{}\"", protocol::kPolicyVersion);
  } else if (trust.fivetran && !external_id.empty() &&
             !protocol::accepts_external_id(trust, external_id)) {
    check.detail = fmt::format("it does not take the external id {}", external_id);
  } else if (!trust.fivetran && (trust.lambda || !trust.other_accounts.empty())) {
    check.detail =
        fmt::format("it does not trust Fivetran's account {}", protocol::kFivetranAccount);
    check.advice = "fivetran-sim aws trust --external-id ID";
  }
  if (!check.detail.empty())
    check.status = Status::failed;
  else
    check.detail = trust.fivetran ? "trusts Fivetran's account" : "a policy that AWS takes";
  return check;
}

// "Save & Test": one call with setup_test, judged like any other.
base::Result<HealthCheck> setup_test(Arguments args, bool by_role) {
  if (!by_role) args.aws.role_arn.clear();
  args.setup_test = args.quiet = true;
  FSIM_ASSIGN(const auto session, open_session(args, true));
  FSIM_TRY(open_connector(*session, args));
  FSIM_ASSIGN(session->destination, open_private_destination(args));
  engine::World world = session->world();
  engine::Answers answers(world, session->settings);
  FSIM_TRY(answers.begin_series({}));
  core::SyncRequest request = answers.request();
  request.setup_test = true;
  engine::name_file(request, session->settings, 1);
  const std::string body = protocol::to_json(request, session->settings.request_shape);
  FSIM_ASSIGN(core::RawResponse raw,
              engine::call_connector(world, session->settings, request, body,
                                     std::chrono::seconds(protocol::kSetupTestTime)));
  FSIM_TRY(answers.add(request, body.size(), std::move(raw)));
  FSIM_TRY(answers.finish());
  const core::CallReport& call = answers.report().syncs.back().calls.back();
  HealthCheck check{.subject = "setup test", .needed = true};
  check.detail = fmt::format(
      "answered in {}, {}, called with {} credentials", base::human_duration(call.duration),
      base::human_bytes(call.response_bytes), by_role ? "the role's" : "your");
  for (const core::Finding& finding : answers.report().findings) {
    if (finding.severity != core::Severity::error) continue;
    check.status = Status::failed;
    check.detail = fmt::format("{} {}", finding.rule, session->output->redact(finding.message));
    check.advice = "fivetran-sim explain " + finding.rule;
    break;
  }
  return check;
}

HealthCheck tried_setup_test(const Arguments& args, bool by_role) {
  auto check = setup_test(args, by_role);
  if (check) return *check;
  return {.subject = "setup test",
          .status = Status::failed,
          .detail = check.error().message,
          .needed = true};
}

base::Result<Checks> check_function(Arguments args) {
  workflows::AwsNeeds needs;
  FSIM_ASSIGN(needs.name, function_of(args));
  needs.aws = place_of(args, needs.name);
  needs.bucket = args.bucket;
  if (!args.aws_setup.time_budget.empty()) {
    FSIM_ASSIGN(const auto budget, base::parse_duration(args.aws_setup.time_budget));
    needs.time_budget = std::chrono::ceil<std::chrono::seconds>(budget);
  }
  if (!needs.aws.role_arn.empty() && workflows::role_name_of(needs.aws.role_arn).empty())
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot use --role-arn {}: it is no role's ARN (write "
                                  "arn:aws:iam::ACCOUNT:role/NAME)",
                                  needs.aws.role_arn));
  FSIM_TRY(
      workflows::check_names({.name = {}, .aws = needs.aws, .role = "", .bucket = needs.bucket}));
  const auto cli = connectors::AwsCli::find("cannot ask AWS", needs.aws);
  Checks checks;
  checks.push_back({.subject = "AWS CLI",
                    .status = cli ? Status::ok : Status::absent,
                    .detail = cli ? fmt::format("version {}  ({})", cli->version(), cli->program())
                                  : cli.error().message,
                    .needed = true});
  if (!cli) return checks;
  workflows::AwsDoctor doctor(needs, connectors::ask_through(*cli, needs.aws));
  for (HealthCheck& check : doctor.examine()) checks.push_back(std::move(check));
  if (!doctor.found_function() || args.aws_setup.no_call) return checks;
  if (!args.bucket.empty()) args.sync_method = "s3";
  checks.push_back(tried_setup_test(args, doctor.assumed_role() && !args.aws.role_arn.empty()));
  return checks;
}

}  // namespace

base::Result<core::ExitCode> aws_doctor(const Arguments& args) {
  Checks checks;
  for (const std::string& path : args.aws_setup.documents) {
    FSIM_ASSIGN(HealthCheck check, check_document(path, args.external_id));
    checks.push_back(std::move(check));
  }
  if (!args.target.empty() || args.aws_setup.documents.empty()) {
    FSIM_ASSIGN(Checks found, check_function(args));
    checks.insert(checks.end(), found.begin(), found.end());
  }
  if (args.format == "json") {
    reporters::JsonWriter json(true);
    json.begin_object().member("target", args.target).key("checks");
    write_checks(json, checks);
    json.end_object();
    std::cout << json.take() << '\n' << std::flush;
  } else {
    print_table(args.target.empty() ? "documents" : base::visible(args.target), checks);
    std::cout << std::flush;
  }
  return code_of(checks);
}

}  // namespace cli
