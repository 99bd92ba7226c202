// SPDX-License-Identifier: Apache-2.0
#include "protocol/credentials.hpp"

#include <string>

#include <doctest/doctest.h>

using protocol::CredentialDepth;

namespace {

// Samples are put together at run time, so that no scanner takes this file for a leak.
std::string kind(const std::string& text, CredentialDepth depth = CredentialDepth::guesses) {
  const auto found = protocol::find_credential(text, 0, depth);
  return found ? std::string(found->kind) : "";
}

const std::string kRandom = "9fA7c2Qx81LmZ0bTq4Ws6Yd3Ke5Rg7Uj1Hn8Vp2C";

std::string random_text(std::size_t size) {
  std::string text;
  while (text.size() < size) text += kRandom;
  return text.substr(0, size);
}

}  // namespace

TEST_CASE("well-known credentials") {
  CHECK(kind("id AKIA" + std::string("Q3EGRIVXJ5DNUS7H")) == "aws-access-key-id");
  CHECK(kind("key=AIza" + random_text(35)) == "google-api-key");
  CHECK(kind("AccountKey=" + random_text(86) + "==;") == "azure-storage-key");
  CHECK(kind("https://a.blob.core.windows.net/c?sv=2022-11-02&se=2026&sig=" + random_text(43) +
             "%3D") == "azure-shared-access-signature");
  CHECK(kind("https://f.azurewebsites.net/api/f?code=" + random_text(54) + "==") ==
        "azure-function-key");
  CHECK(kind("abc8Q~" + random_text(34)) == "azure-client-secret");
  CHECK(kind("xoxb-" + random_text(30)) == "slack-token");
  CHECK(kind("https://hooks.slack.com/services/T0123ABCD/B0123ABCD/" + random_text(24)) ==
        "slack-webhook");
  CHECK(kind("ghp_" + random_text(36)) == "github-token");
  CHECK(kind("glpat-" + random_text(20)) == "gitlab-token");
  CHECK(kind("sk_live_" + random_text(24)) == "stripe-key");
  CHECK(kind("SK0123456789abcdef" + std::string("0123456789abcdef")) == "twilio-key");
  CHECK(kind("SG." + random_text(22) + "." + random_text(43)) == "sendgrid-key");
  CHECK(kind("npm_" + random_text(36)) == "npm-token");
  CHECK(kind("pypi-AgEI" + random_text(60)) == "pypi-token");
  CHECK(kind("eyJhbGciOiJIUzI1NiJ9." + random_text(40) + "." + random_text(43)) ==
        "json-web-token");
  CHECK(kind("-----BEGIN RSA PRIVATE KEY-----\n" + random_text(300) + "\n-----END") ==
        "private-key");
  CHECK(kind(R"({"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\n)" +
             random_text(300) + R"(\n-----END"})") == "google-service-account-key");
  CHECK(kind("postgres://etl:s3cr3tpw@db.internal/x") == "url-with-password");
  CHECK(kind("Authorization: Bearer " + random_text(32)) == "bearer-token");
}

TEST_CASE("assignments of something random") {
  for (const std::string& text :
       {"API_TOKEN=" + random_text(24), "  \"clientSecret\": \"" + random_text(20) + "\"",
        "password = '" + random_text(14) + "!'", "db_password: " + random_text(16),
        "aws_secret_access_key = " + random_text(40)})
    CHECK(kind(text) == "assigned-secret");
}

TEST_CASE("what is no credential") {
  for (const std::string& text :
       {std::string("AKIAIOSFODNN7EXAMPLE"),
        std::string("id AKIAX"),
        "xAKIA" + random_text(16),
        std::string("password = os.environ[\"DB_PASSWORD_2024_A1\"]"),
        std::string("token = get_token_12345678(a1)"),
        std::string("token: <secret:apiToken>"),
        std::string("api_key = \"your-api-key-1234\""),
        std::string("password = ${DB_PASSWORD_1A}"),
        std::string("postgres://user:password@localhost/db"),
        std::string("https://host:8080/a@b"),
        std::string("https://fivetran.com/docs"),
        std::string("postgres://user:${PASSWORD}@db/x"),
        "\"next_page_token\": \"" + random_text(24) + "\"",
        "tokenizer = \"" + random_text(24) + "\"",
        std::string("secret_name: orders-connector-prod-01"),
        std::string("The secret: 12 plums"),
        "\"integrity\": \"sha512-" + random_text(60) + "\"",
        std::string("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"),
        std::string("Bearer realm"),
        std::string("eyJhbGciOi.short"),
        std::string("SK and AC")})
    CHECK_MESSAGE(kind(text).empty(), text);
}

TEST_CASE("depth decides how far to go") {
  CHECK(kind("password = '" + random_text(14) + "'", CredentialDepth::all).empty());
  CHECK(kind("postgres://etl:s3cr3tpw@db/x", CredentialDepth::strong).empty());
  CHECK(kind("ghp_" + random_text(36), CredentialDepth::strong) == "github-token");
}

TEST_CASE("all of several are found, one after the other") {
  const std::string text = "ghp_" + random_text(36) + " and glpat-" + random_text(20);
  const auto first = protocol::find_credential(text, 0, CredentialDepth::guesses);
  REQUIRE(first);
  const auto second =
      protocol::find_credential(text, first->offset + first->size, CredentialDepth::guesses);
  REQUIRE(second);
  CHECK(second->kind == "gitlab-token");
}

TEST_CASE("a mask shows too little to use") {
  CHECK(protocol::masked("AKIAQ3EGRIVXJ5DNUS7H") == "AKIA… (20 characters)");
  CHECK(protocol::masked("12345678") == "12… (8 characters)");
  CHECK(protocol::masked("1234") == "… (4 characters)");
}
