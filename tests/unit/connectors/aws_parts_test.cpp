// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"
#include "connector_kit.hpp"
#include "connectors/aws_credentials.hpp"
#include "connectors/aws_endpoint.hpp"
#include "connectors/aws_failure.hpp"
#include "connectors/aws_profile.hpp"
#include "connectors/lambda_log.hpp"
#include "connectors/lambda_name.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using connector_kit::text;
using connectors::AwsFailure;
using core::FailureKind;

TEST_CASE("names of deployed functions, in each form that AWS takes") {
  struct {
    const char *given, *function, *qualifier, *region;
  } const forms[] = {
      {"orders", "orders", "", ""},
      {"orders:prod", "orders", "prod", ""},
      {"orders:$LATEST", "orders", "$LATEST", ""},
      {"123456789012:function:orders", "123456789012:function:orders", "", ""},
      {"123456789012:function:orders:7", "123456789012:function:orders", "7", ""},
      {"arn:aws:lambda:eu-west-1:123456789012:function:orders",
       "arn:aws:lambda:eu-west-1:123456789012:function:orders", "", "eu-west-1"},
      {"arn:aws-cn:lambda:cn-north-1:123456789012:function:orders:prod",
       "arn:aws-cn:lambda:cn-north-1:123456789012:function:orders", "prod", "cn-north-1"},
  };
  for (const auto& form : forms) {
    CAPTURE(form.given);
    const auto name = connectors::parse_lambda_name(form.given);
    REQUIRE(name);
    CHECK(name->function == form.function);
    CHECK(name->qualifier == form.qualifier);
    CHECK(name->region == form.region);
  }
  for (const char* wrong : {"", ":prod", "orders:", "my orders", "a:b:c", "arn:aws:s3:::bucket",
                            "arn:aws:lambda:eu-west-1:12:function:orders", "orders/x"}) {
    CAPTURE(wrong);
    const auto name = connectors::parse_lambda_name(wrong);
    REQUIRE_FALSE(name);
    CHECK(text(name.error()).starts_with("usage: cannot use lambda:"));
  }
}

TEST_CASE("what the AWS CLI says when it fails, versions 1 and 2") {
  struct {
    const char *printed, *code, *message;
  } const said[] = {
      {"\nAn error occurred (ResourceNotFoundException) when calling the Invoke operation: "
       "Function "
       "not found: arn:x\n",
       "ResourceNotFoundException", "Function not found: arn:x"},
      {"\naws: [ERROR]: An error occurred (AccessDeniedException) when calling the Invoke "
       "operation: "
       "no\n\nAdditional error details:\nType: User\n",
       "AccessDeniedException", "no"},
      {"An error occurred (TooManyRequestsException) when calling the Invoke operation (reached "
       "max "
       "retries: 0): Rate Exceeded.",
       "TooManyRequestsException", "Rate Exceeded."},
      {"Unable to locate credentials. You can configure credentials by running \"aws configure\".",
       "NoCredentials",
       "Unable to locate credentials. You can configure credentials by running \"aws configure\"."},
      {"aws: [ERROR]: An error occurred (NoRegion): You must specify a region.", "NoRegion",
       "You must specify a region."},
      {"You must specify a region. You can also configure your region by running \"aws "
       "configure\".",
       "NoRegion",
       "You must specify a region. You can also configure your region by running \"aws "
       "configure\"."},
      {"The config profile (nope) could not be found", "NoProfile",
       "The config profile (nope) could not be found"},
      {"Error loading SSO Token: Token for x does not exist", "SsoLogin",
       "Error loading SSO Token: Token for x does not exist"},
      {"Could not connect to the endpoint URL: \"http://127.0.0.1:9/\"", "CannotConnect",
       "Could not connect to the endpoint URL: \"http://127.0.0.1:9/\""},
      {"Read timeout on endpoint URL: \"http://x/invocations\"", "ReadTimeout",
       "Read timeout on endpoint URL: \"http://x/invocations\""},
      {"Segmentation fault", "", "Segmentation fault"},
  };
  for (const auto& one : said) {
    CAPTURE(one.printed);
    const AwsFailure failure = connectors::read_cli_failure(one.printed);
    CHECK(failure.code == one.code);
    CHECK(failure.message == one.message);
  }
}

TEST_CASE("each failure of AWS is either told to the user or shown as a failed call") {
  const auto told = [](const char* code, const connectors::AwsOptions& aws = {}) {
    core::RawResponse raw;
    const auto taken =
        connectors::take_failure({code, "words of AWS"}, "cannot call lambda:x", aws, raw);
    return taken ? std::string(core::name(raw.failure)) : text(taken.error());
  };
  CHECK(told("ResourceNotFoundException") ==
        "usage: cannot call lambda:x: there is no such function: words of AWS (check the name, "
        "--region and --profile; aws lambda list-functions shows them)");
  CHECK(told("AccessDeniedException").starts_with("environment: cannot call lambda:x: access is "));
  CHECK(told("ExpiredTokenException", {.profile = "work"}).find("aws sso login --profile work") !=
        std::string::npos);
  CHECK(told("InvalidSignatureException").find("does not accept the credentials") !=
        std::string::npos);
  CHECK(told("NoCredentials").find("no AWS credentials were found") != std::string::npos);
  CHECK(told("NoRegion").find("--region") != std::string::npos);
  CHECK(told("NoProfile").starts_with("usage: "));
  CHECK(told("SsoLogin").find("aws sso login") != std::string::npos);
  CHECK(told("CannotConnect").starts_with("environment: "));
  CHECK(told("TooManyRequestsException") == "throttled");
  CHECK(told("RequestTooLargeException") == "request_too_large");
  CHECK(told("ReadTimeout") == "timed_out");
  CHECK(told("ServiceException") == "unreachable");
  CHECK(told("NeverHeardOfException") == "unreachable");
}

TEST_CASE("only refusals before the function ran say that it did not run") {
  struct {
    const char* code;
    bool ran;
  } const failures[] = {{"TooManyRequestsException", false},
                        {"EC2ThrottledException", false},
                        {"RequestTooLargeException", false},
                        {"ReadTimeout", true},
                        {"ConnectionLost", true},
                        {"ServiceException", true}};
  for (const auto& failure : failures) {
    CAPTURE(failure.code);
    core::RawResponse raw;
    REQUIRE(connectors::take_failure({failure.code, ""}, "", {}, raw));
    CHECK(raw.may_have_run == failure.ran);
  }
}

TEST_CASE("the log tail: REPORT gives figures, the function's own lines go on") {
  std::vector<std::string> seen;
  connectors::LogTail log([&](std::string_view line) { seen.emplace_back(line); });
  core::RawResponse raw;
  connectors::take_log_tail(
      base::to_base64("INIT_START Runtime Version: python:3.12\n"
                      "START RequestId: 1-2 Version: 7\nloading page 3\nDuration: not ours\n"
                      "END RequestId: 1-2\n"
                      "REPORT RequestId: 1-2\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory "
                      "Size: 512 MB\tMax Memory Used: 45 MB\tInit Duration: 230.11 ms\t\n"),
      log, raw);
  CHECK(seen == std::vector<std::string>{"loading page 3", "Duration: not ours"});
  CHECK(raw.request_id == "1-2");
  CHECK(raw.duration.count() == 12'340);
  REQUIRE(raw.billed_duration);
  CHECK(raw.billed_duration->count() == 13'000);
  REQUIRE(raw.init_duration);
  CHECK(raw.init_duration->count() == 230'110);
  CHECK(raw.peak_memory_bytes == 45u << 20);
  CHECK(raw.memory_size_bytes == 512u << 20);
}

TEST_CASE("the log tail: figures that no call can have count as none") {
  for (const char* figure : {"-1", "nan", "inf", "1e300", "-1e300"}) {
    CAPTURE(figure);
    connectors::LogTail log([](std::string_view) {});
    core::RawResponse raw;
    const std::string words = std::string(figure) + " ";
    connectors::take_log_tail(
        base::to_base64("REPORT RequestId: 1\tDuration: " + words +
                        "ms\tBilled Duration: " + words + "ms\tMemory Size: " + words +
                        "MB\tMax Memory Used: " + words + "MB\n"),
        log, raw);
    CHECK(raw.duration.count() == 0);
    CHECK(raw.billed_duration->count() == 0);
    CHECK(raw.memory_size_bytes == 0);
    CHECK(raw.peak_memory_bytes == 0);
  }
}

TEST_CASE("what aws lambda invoke prints") {
  connectors::LogTail log([](std::string_view) {});
  core::RawResponse raw;
  raw.body = base::PaddedBuffer(std::string_view(R"({"errorMessage": "m", "errorType": "E"})"));
  CHECK_FALSE(connectors::take_cli_document("None\t200", log, raw));
  CHECK_FALSE(connectors::take_cli_document("[]", log, raw));
  CHECK(connectors::take_cli_document(R"({"StatusCode": 200, "ExecutedVersion": 7})", log, raw));
  CHECK(raw.answered());
  CHECK(raw.executed_version.empty());
  CHECK(connectors::take_cli_document(
      R"({"StatusCode": 200, "FunctionError": "Unhandled", "ExecutedVersion": "7"})", log, raw));
  CHECK(raw.failure == FailureKind::function_error);
  CHECK(raw.error_type == "E");
  CHECK(raw.executed_version == "7");
}

TEST_CASE("an answer with FunctionError is the failure that its type stands for") {
  const auto failure = [](const char* body) {
    core::RawResponse raw;
    raw.body = base::PaddedBuffer(body);
    connectors::take_function_error(raw);
    CHECK(raw.body.empty());
    return raw.failure;
  };
  CHECK(failure(R"({"errorType":"KeyError","errorMessage":"'x'"})") == FailureKind::function_error);
  CHECK(
      failure(R"({"errorMessage":"2026-11-22T10:00:00Z 1-2 Task timed out after 3.00 seconds"})") ==
      FailureKind::timed_out);
  CHECK(failure(R"({"errorType":"Sandbox.Timedout","errorMessage":"x"})") ==
        FailureKind::timed_out);
  CHECK(failure(R"({"errorType":"Runtime.OutOfMemory","errorMessage":"x"})") ==
        FailureKind::out_of_memory);
  CHECK(failure(R"({"errorType":"Runtime.ExitError","errorMessage":"x"})") == FailureKind::exited);
  CHECK(failure(R"({"errorType":"Runtime.ImportModuleError","errorMessage":"x"})") ==
        FailureKind::init_error);
  CHECK(failure(R"({"errorType":"Function.ResponseSizeTooLarge","errorMessage":"x"})") ==
        FailureKind::response_too_large);
}

TEST_CASE("documents with credentials") {
  const auto exported = connectors::read_key_document(
      R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"S","SessionToken":"T",
          "Expiration":"2099-01-01T00:00:00+00:00"})");
  REQUIRE(exported);
  CHECK(exported->key.id == "A");
  CHECK(exported->key.secret == "S");
  CHECK(exported->key.token == "T");
  CHECK(exported->usable());
  const auto role = connectors::read_key_document(
      R"({"Credentials":{"AccessKeyId":"A","SecretAccessKey":"S","Expiration":"2020-01-01T00:00:00Z"}})");
  REQUIRE(role);
  CHECK_FALSE(role->usable());
  CHECK_FALSE(connectors::read_key_document("{}"));
  const auto eternal = connectors::read_key_document(
      R"({"AccessKeyId": "A", "SecretAccessKey": "b", "Expiration": "6985-12-31T10:00:00Z"})");
  REQUIRE(eternal);
  CHECK_FALSE(eternal->expires);
  CHECK_FALSE(connectors::read_key_document("no JSON"));
}

TEST_CASE("AWS's shared files") {
  const char* file =
      "[default]\nregion = eu-west-1\n\n# a comment\n[profile work]\r\nRegion=us-east-2\r\n"
      "s3 =\n  max_concurrent_requests = 20\noutput = json\n[profile other]\nregion = x\n";
  CHECK(connectors::read_aws_section(file, "default") ==
        connectors::AwsProfile{{"region", "eu-west-1"}});
  CHECK(connectors::read_aws_section(file, "profile work") ==
        connectors::AwsProfile{{"region", "us-east-2"}, {"s3", ""}, {"output", "json"}});
  CHECK(connectors::read_aws_section(file, "nobody").empty());
}

TEST_CASE("endpoints in parts") {
  const auto plain = connectors::split_endpoint("https://lambda.eu-west-1.amazonaws.com");
  REQUIRE(plain);
  CHECK(plain->host == "lambda.eu-west-1.amazonaws.com");
  CHECK(plain->path.empty());
  const auto local = connectors::split_endpoint("http://127.0.0.1:3002/base/lambda/");
  REQUIRE(local);
  CHECK(local->origin == "http://127.0.0.1:3002");
  CHECK(local->host == "127.0.0.1:3002");
  CHECK(local->path == std::vector<std::string>{"base", "lambda"});
  CHECK(connectors::split_endpoint("https://host:443/")->host == "host");
  CHECK_FALSE(connectors::split_endpoint("host:80"));
}
