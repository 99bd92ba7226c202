// SPDX-License-Identifier: Apache-2.0
#include "connectors/sigv4.hpp"

#include <string>

#include <doctest/doctest.h>

// The first cases are AWS's published test suite for Signature Version 4 (aws-sig-v4-test-suite):
// service "service", 30 August 2015, the key of AWS's documentation.
namespace {

using connectors::AwsRequest;

const connectors::AwsKey kKey{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", ""};

connectors::AwsScope scope_of(const std::string& service) {
  using namespace std::chrono;
  const sys_seconds time = sys_days(year(2015) / August / 30) + hours(12) + minutes(36);
  return {"us-east-1", service, time};
}

std::string signature(const AwsRequest& request, const std::string& service = "service",
                      const connectors::AwsKey& key = kKey) {
  const auto headers = connectors::signed_headers(request, scope_of(service), key);
  const std::string_view text = base::find_header(headers, "Authorization");
  return std::string(text.substr(text.find("Signature=") + 10));
}

AwsRequest request(const std::string& method) {
  AwsRequest made;
  made.method = method;
  made.host = "example.amazonaws.com";
  return made;
}

}  // namespace

TEST_CASE("sigv4: get-vanilla, with the whole Authorization header") {
  const auto headers = connectors::signed_headers(request("GET"), scope_of("service"), kKey);
  CHECK(base::find_header(headers, "X-Amz-Date") == "20150830T123600Z");
  CHECK(base::find_header(headers, "Authorization") ==
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date, "
        "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

TEST_CASE("sigv4: post-vanilla") {
  CHECK(signature(request("POST")) ==
        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
}

TEST_CASE("sigv4: get-vanilla-query-order-key-case") {
  AwsRequest made = request("GET");
  made.query = {{"Param2", "value2"}, {"Param1", "value1"}};
  CHECK(signature(made) == "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
  CHECK(connectors::request_target(made) == "/?Param2=value2&Param1=value1");
}

TEST_CASE("sigv4: post-x-www-form-urlencoded") {
  AwsRequest made = request("POST");
  made.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  made.body = "Param1=value1";
  CHECK(signature(made) == "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
}

TEST_CASE("sigv4: get-header-value-trim") {
  AwsRequest made = request("GET");
  made.headers = {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}};
  CHECK(signature(made) == "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
}

TEST_CASE("sigv4: a session token is sent and signed") {
  const connectors::AwsKey key{kKey.id, kKey.secret, "TOKEN"};
  const auto headers = connectors::signed_headers(request("GET"), scope_of("service"), key);
  CHECK(base::find_header(headers, "X-Amz-Security-Token") == "TOKEN");
  CHECK(base::find_header(headers, "Authorization").find("host;x-amz-date;x-amz-security-token") !=
        std::string_view::npos);
}

// The expected signature is botocore's for the same request.
TEST_CASE("sigv4: names with a colon are encoded twice in what is signed, once on the wire") {
  AwsRequest made = request("POST");
  made.path = {"2015-03-31", "functions", "arn:aws:lambda:us-east-1:123456789012:function:orders",
               "invocations"};
  made.query = {{"Qualifier", "$LATEST"}};
  made.headers = {{"Content-Type", "application/json"}};
  made.body = "{}";
  CHECK(connectors::request_target(made) ==
        "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Aorders/"
        "invocations?Qualifier=%24LATEST");
  CHECK(signature(made, "lambda") ==
        "62b48d6f57fc3588a707e5506b86a55835cd9213bbbf6b497a8e3c87b32a6888");
  CHECK(signature(made, "s3") != signature(made, "lambda"));
}
