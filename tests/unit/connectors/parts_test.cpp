// SPDX-License-Identifier: Apache-2.0
#include "connector_kit.hpp"
#include "connectors/environment.hpp"
#include "connectors/error_document.hpp"
#include "connectors/log_tail.hpp"
#include "connectors/scratch_folder.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

using connector_kit::WithVariable;
using connectors::AwsCredentials;
using connectors::ConnectorOptions;
using connectors::Environment;
using connectors::read_error_document;
using Texts = std::vector<std::string>;

TEST_CASE("error documents of real clients are understood") {
  const auto python = read_error_document(
      R"({"errorMessage":"boom","errorType":"ValueError","requestId":"1","stackTrace":["  File \"a.py\", line 1\n"]})",
      "");
  CHECK(python.type == "ValueError");
  CHECK(python.message == "boom");
  CHECK(python.stack_trace == Texts{"  File \"a.py\", line 1"});
  CHECK_FALSE(python.lists_functions);

  const auto node = read_error_document(
      R"({"errorType":"TypeError","errorMessage":"boom","trace":["TypeError: boom","    at x"]})",
      "");
  CHECK(node.stack_trace == Texts{"TypeError: boom", "    at x"});

  const auto go = read_error_document(
      R"({"errorMessage":"boom","errorType":"errorString","stackTrace":[{"path":"main.go","line":12,"label":"main"}]})",
      "");
  CHECK(go.stack_trace == Texts{"  at main (main.go:12)"});

  const auto bare = read_error_document(R"({"errorMessage":"boom"})", "Runtime.Unknown");
  CHECK(bare.type == "Runtime.Unknown");
  CHECK(bare.stack_trace.empty());

  const auto number = read_error_document(R"({"errorMessage":{"code":7},"errorType":null})", "T");
  CHECK(number.message == "{\"code\":7}");
  CHECK(number.type == "T");

  const auto text = read_error_document("segfault", "T");
  CHECK(text.message == "segfault");
  CHECK(text.type == "T");

  const auto ours = read_error_document(R"({"errorType":"T","functions":["a","b"]})", "");
  CHECK(ours.lists_functions);
  CHECK(ours.functions == Texts{"a", "b"});
}

TEST_CASE("the caller's AWS access is hidden unless it is wanted") {
  const WithVariable key("AWS_SECRET_ACCESS_KEY", "hush");
  const WithVariable profile("AWS_PROFILE", "production");
  const WithVariable region("AWS_REGION", "eu-west-3");
  const WithVariable own("FIVETRAN_SIM_SECRETS", "hush");
  const WithVariable plain("ORDERS_LIMIT", "10");
  ConnectorOptions options;
  options.env = {{"EXTRA", "a=b"}, {"AWS_REGION", "us-west-2"}};

  Environment hidden = connectors::connector_environment(options);
  CHECK(hidden.count("AWS_SECRET_ACCESS_KEY") == 0);
  CHECK(hidden.count("AWS_PROFILE") == 0);
  CHECK(hidden.count("FIVETRAN_SIM_SECRETS") == 0);
  CHECK(hidden["AWS_CONFIG_FILE"] == "/dev/null");
  CHECK(hidden["AWS_SHARED_CREDENTIALS_FILE"] == "/dev/null");
  CHECK(hidden["AWS_EC2_METADATA_DISABLED"] == "true");
  CHECK(hidden["ORDERS_LIMIT"] == "10");
  CHECK(hidden["EXTRA"] == "a=b");
  CHECK(connectors::region_of(hidden) == "us-west-2");
  options.env.clear();
  CHECK(connectors::region_of(connectors::connector_environment(options)) == "us-east-1");

  options.aws_credentials = AwsCredentials::inherit;
  Environment inherited = connectors::connector_environment(options);
  CHECK(inherited["AWS_SECRET_ACCESS_KEY"] == "hush");
  CHECK(inherited["AWS_PROFILE"] == "production");
  CHECK(inherited.count("AWS_CONFIG_FILE") == 0);
  CHECK(inherited.count("FIVETRAN_SIM_SECRETS") == 0);
  CHECK(connectors::region_of(inherited) == "eu-west-3");
}

TEST_CASE("a function finds Lambda's variables, UTC and no foreign locale") {
  const WithVariable zone("TZ", "America/New_York");
  const WithVariable locale("LC_ALL", "tr_TR.UTF-8");
  ConnectorOptions options;
  options.env = {{"AWS_LAMBDA_FUNCTION_VERSION", "7"}};
  Environment env = connectors::connector_environment(options);
  connectors::add_lambda_variables(env, options, {"orders", "eu-west-1", 1024}, "/code", "main.go");
  CHECK(env["TZ"] == ":UTC");
  CHECK(env.count("LC_ALL") == 0);
  CHECK(env["LANG"].find("UTF-8") != std::string::npos);
  CHECK(env["LAMBDA_TASK_ROOT"] == "/code");
  CHECK(env["_HANDLER"] == "main.go");
  CHECK(env["AWS_LAMBDA_FUNCTION_NAME"] == "orders");
  CHECK(env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "1024");
  CHECK(env["AWS_LAMBDA_FUNCTION_VERSION"] == "7");  // the user's word is the last
  CHECK(env["AWS_LAMBDA_LOG_GROUP_NAME"] == "/aws/lambda/orders");
  CHECK(env["AWS_LAMBDA_LOG_STREAM_NAME"].size() ==
        std::string("2026/11/22/[$LATEST]").size() + 32);
  CHECK(env["AWS_REGION"] == "eu-west-1");
  CHECK(env["AWS_DEFAULT_REGION"] == "eu-west-1");
}

TEST_CASE("small parts of a function's environment") {
  CHECK(connectors::FunctionIdentity{"orders", "eu-west-1", 512}.arn() ==
        "arn:aws:lambda:eu-west-1:012345678912:function:orders");
  CHECK(connectors::function_name_from("my-connector.v2") == "my-connector-v2");
  CHECK(connectors::function_name_from("") == "connector");
  CHECK(connectors::function_name_from(std::string(80, 'a')).size() == 64);
  Environment env{{"NO_PROXY", "internal"}};
  connectors::bypass_proxy(env);
  CHECK(env["NO_PROXY"] == "internal,127.0.0.1,localhost");
  CHECK(env["no_proxy"] == "127.0.0.1,localhost");
  CHECK(connectors::as_list({{"A", "1"}, {"B", "x=y"}}) == Texts{"A=1", "B=x=y"});
}

TEST_CASE("the tail of the log belongs to one call") {
  Texts seen;
  connectors::LogTail log([&](std::string_view line) { seen.emplace_back(line); });
  for (int i = 0; i < 70; ++i) log.add(std::to_string(i));
  core::RawResponse first;
  log.move_to(first);
  CHECK(first.log_lines == 70);
  CHECK(first.log_tail.size() == core::RawResponse::kLogTail);
  CHECK(first.log_tail.front() == "20");
  CHECK(first.log_tail.back() == "69");
  CHECK(seen.size() == 70);
  log.add("next");
  core::RawResponse second;
  log.move_to(second);
  CHECK(second.log_lines == 1);
  CHECK(second.log_tail == Texts{"next"});
}

TEST_CASE("a scratch folder is private and goes away") {
  namespace fs = std::filesystem;
  fs::path path;
  {
    auto made = connectors::ScratchFolder::make();
    REQUIRE(made.has_value());
    const connectors::ScratchFolder folder = std::move(*made);
    path = folder.path();
    CHECK(fs::status(path).permissions() == fs::perms::owner_all);
    const auto file = folder.write("client.py", "x = 1\n");
    REQUIRE(file.has_value());
    CHECK(fs::status(*file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(fs::file_size(*file) == 6);
  }
  CHECK_FALSE(fs::exists(path));
  const WithVariable nowhere("TMPDIR", "/no/such/folder");
  const auto failed = connectors::ScratchFolder::make();
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().kind == base::ErrorKind::environment);
}
