// SPDX-License-Identifier: Apache-2.0
#include "protocol/connection_documents.hpp"
#include "protocol/iam_check.hpp"
#include "protocol/iam_documents.hpp"
#include "protocol/json_text.hpp"

#include <doctest/doctest.h>

using protocol::Grant;

namespace {

const std::string kFunction = "arn:aws:lambda:eu-central-1:123456789012:function:orders";

std::string policy(const std::string& statement) {
  return R"({"Version":"2012-10-17","Statement":)" + statement + "}";
}

Grant grant(std::vector<std::string> documents, const char* action = "lambda:InvokeFunction") {
  return protocol::read_grant(documents, action, kFunction);
}

}  // namespace

TEST_CASE("the resource of a function tells what is known and leaves the rest open") {
  CHECK(protocol::function_resource("orders", "", "") == "arn:aws:lambda:*:*:function:orders");
  CHECK(protocol::function_resource("orders", "prod", "cn-north-1") ==
        "arn:aws-cn:lambda:cn-north-1:*:function:orders:prod");
  CHECK(protocol::function_resource("123456789012:function:orders", "", "us-gov-west-1") ==
        "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:orders");
  CHECK(protocol::function_resource(kFunction, "", "us-east-1") == kFunction);
}

TEST_CASE("the documents allow what they are for, and nothing else") {
  const std::string one = protocol::permission_policy(kFunction, "", "eu-central-1");
  CHECK(protocol::refused_version(one).empty());
  CHECK(grant({one}) == Grant::allowed);
  CHECK(protocol::read_grant({one}, "lambda:InvokeFunction", kFunction + "2") == Grant::none);
  CHECK(grant({one}, "lambda:DeleteFunction") == Grant::none);
  CHECK(protocol::read_grant({one}, "s3:GetObject", "arn:aws:s3:::b/x") == Grant::none);
  const std::string s3 = protocol::permission_policy("*", "b", "");
  CHECK(grant({s3}) == Grant::allowed);
  CHECK(protocol::read_grant({s3}, "s3:PutObject", "arn:aws:s3:::b/x") == Grant::allowed);
  CHECK(protocol::read_grant({s3}, "s3:ListBucket", "arn:aws:s3:::b") == Grant::allowed);
  CHECK(protocol::read_grant({s3}, "s3:PutObject", "arn:aws:s3:::bb/x") == Grant::none);

  const protocol::TrustFacts trust = protocol::read_trust(protocol::trust_policy("witty_walrus"));
  CHECK(trust.readable);
  CHECK(trust.bad_version.empty());
  CHECK(trust.fivetran);
  CHECK(trust.lambda);
  CHECK_FALSE(trust.any_id);
  CHECK(trust.other_accounts.empty());
  CHECK(protocol::accepts_external_id(trust, "witty_walrus"));
  CHECK_FALSE(protocol::accepts_external_id(trust, "witty_walru"));
}

TEST_CASE("policies are judged together: a refusal wins, conditions are not taken for granted") {
  const std::string allow =
      policy(R"({"Effect":"Allow","Action":["LAMBDA:invoke*"],"Resource":"*"})");
  const std::string deny = policy(
      R"([{"Effect":"Deny","NotAction":"s3:*","Resource":"arn:aws:lambda:*:*:function:o*"}])");
  const std::string maybe = policy(
      R"({"Effect":"Allow","Action":"*","NotResource":"arn:aws:s3:::*","Condition":{"Bool":{"aws:SecureTransport":"true"}}})");
  CHECK(grant({}) == Grant::none);
  CHECK(grant({"", "[]", "{\"Statement\":7}"}) == Grant::none);
  CHECK(grant({allow}) == Grant::allowed);
  CHECK(grant({maybe}) == Grant::conditional);
  CHECK(grant({maybe, allow}) == Grant::allowed);
  CHECK(grant({allow, deny}) == Grant::denied);
}

TEST_CASE("a trust is read whatever way it is written") {
  const auto read = [](const std::string& principal, const std::string& condition,
                       const std::string& version = "2012-10-17") {
    return protocol::read_trust(
        R"({"Version":")" + version +
        R"(","Statement":{"Effect":"Allow","Action":["sts:*"],"Principal":)" + principal +
        condition + "}}");
  };
  CHECK(read(R"({"AWS":"834469178297"})", "").any_id);
  CHECK(read(R"("*")", "").fivetran);
  CHECK(read(R"({"AWS":["arn:aws:iam::834469178297:role/x"]})", "").fivetran);
  const auto other = read(R"({"AWS":"arn:aws:iam::834469178279:root"})", "");
  CHECK_FALSE(other.fivetran);
  CHECK(other.other_accounts == std::vector<std::string>{"834469178279"});
  const auto ids = read(R"({"AWS":"834469178297"})",
                        R"(,"Condition":{"StringLike":{"STS:externalid":["a_*","b_b"]}})");
  CHECK_FALSE(ids.any_id);
  CHECK(protocol::accepts_external_id(ids, "a_cat"));
  CHECK_FALSE(protocol::accepts_external_id(ids, "b_cat"));
  CHECK(read(R"({"AWS":"834469178297"})", "", "2022-07-13").bad_version == "2022-07-13");
  CHECK_FALSE(protocol::read_trust("{}").readable);
}

TEST_CASE("a connection names secrets and never holds a value") {
  protocol::ConnectionFacts facts{.schema = "orders", .function = "orders", .bucket = "b"};
  facts.secrets = {"api-key", "api_key"};
  facts.custom_payload = {{"a", "${x} \"%{y}\""}};
  const std::string body = protocol::connection_body(facts);
  REQUIRE(protocol::normal_form(body));
  CHECK(body.find(R"("service": "aws_lambda")") != body.npos);
  CHECK(body.find(R"("sync_method": "CLOUD_STORAGE")") != body.npos);
  CHECK(body.find(R"("value": "<api-key>")") != body.npos);
  CHECK(body.find(R"("role_arn": "<arn:aws:iam::ACCOUNT:role/ROLE>")") != body.npos);
  const std::string terraform = protocol::connection_terraform(facts);
  CHECK(terraform.find("value = var.secret_api_key\n") != terraform.npos);
  CHECK(terraform.find("value = var.secret_api_key_too\n") != terraform.npos);
  CHECK(terraform.find(R"(value = "$${x} \"%%{y}\"")") != terraform.npos);
  facts.platform = core::Platform::azure;
  CHECK(protocol::connection_body(facts).find(R"("function_key": "<function_key>")") != body.npos);
  facts.platform = core::Platform::gcp;
  CHECK(protocol::connection_terraform(facts).find("function_trigger") != body.npos);
  CHECK(protocol::azure_names("https://app.azurewebsites.net/api/orders?code=x") ==
        std::pair<std::string, std::string>{"app", "orders"});
  CHECK(protocol::azure_names("https://example.com/api/x").first.empty());
}
