// SPDX-License-Identifier: Apache-2.0
#include "protocol/request.hpp"

#include "protocol/assumptions.hpp"
#include "protocol/json_text.hpp"
#include "protocol/redactor.hpp"

#include <doctest/doctest.h>

TEST_CASE("the request has the contract's fields and spelling") {
  core::SyncRequest request;
  request.agent = protocol::agent(core::Platform::aws, "rocket_durable", "freshcaller");
  request.state.json = R"({"cursor":"2018-01-01T00:00:00Z"})";
  request.secrets_json = R"({"apiToken":"abc"})";
  request.sync_id = "u-1";
  CHECK(
      protocol::to_json(request, {}) ==
      R"({"agent":"Fivetran AWS Lambda Connector/rocket_durable/freshcaller",)"
      R"("state":{"cursor":"2018-01-01T00:00:00Z"},"secrets":{"apiToken":"abc"},"sync_id":"u-1"})");
}

TEST_CASE("optional fields appear only when they apply") {
  core::SyncRequest request;
  request.agent = "a\"b";
  request.sync_id = "u";
  request.setup_test = true;
  request.send_state = false;
  request.custom_payload_json = R"({"k":"v"})";
  request.bucket = "b";
  request.file = "f";
  protocol::RequestShape shape;
  shape.send_empty_secrets = false;
  shape.custom_payload_field = "payload";
  CHECK(
      protocol::to_json(request, shape) ==
      R"({"agent":"a\"b","payload":{"k":"v"},"sync_id":"u","setup_test":true,"bucket":"b","file":"f"})");
}

TEST_CASE("canonical forms ignore order and spelling, not digits") {
  CHECK(protocol::canonical(R"({ "b" : 1, "a" : [ "\u0041" ] })") == R"({"a":["A"],"b":1})");
  CHECK(protocol::canonical("1.0") != protocol::canonical("1"));
  CHECK(protocol::canonical("{") == std::nullopt);
  CHECK(protocol::normal_form(R"({ "b" : 1, "a" : 2 })") == R"({"b":1,"a":2})");
  REQUIRE(protocol::members(R"({"x":{"y":1},"z":"q"})"));
  CHECK(protocol::members(R"({"x":{"y":1},"z":"q"})")->at(1).second == "\"q\"");
  CHECK_FALSE(protocol::members("[]"));
  CHECK(protocol::digest("a") != protocol::digest("b"));
  CHECK(protocol::digest("12345678") != protocol::digest("123456789"));
}

TEST_CASE("secrets are watched only where looking for them makes sense") {
  CHECK(protocol::is_watched("hunter2-very-secret"));
  CHECK(protocol::is_watched("https://user:pw@host/path"));
  CHECK_FALSE(protocol::is_watched("short"));
  CHECK_FALSE(protocol::is_watched("1234567890"));
  CHECK_FALSE(protocol::is_watched("2024-01-01T00:00:00Z"));
  for (const auto region : {"eu-central-1", "us-gov-west-1", "europe-west4", "westeurope"})
    CHECK_FALSE(protocol::is_watched(region));
  CHECK(protocol::is_watched("deep-secret-1"));
  CHECK_FALSE(protocol::is_watched("https://api.example.com/v1"));
}

TEST_CASE("the redactor takes out secrets, nested and escaped ones too") {
  const protocol::Redactor redact(
      R"({"apiToken":"hunter2-very-secret","o":{"k":"line1\nline2 of it"},"limit":"100"})");
  CHECK(redact("Bearer hunter2-very-secret!") == "Bearer <secret:apiToken>!");
  CHECK(redact("x line1\nline2 of it y") == "x <secret:o.k> y");
  CHECK(redact(R"(x line1\nline2 of it y)") == "x <secret:o.k> y");
  CHECK(redact("limit 100") == "limit 100");
  CHECK(protocol::redacted_secrets(R"({"a":"x","n":{"b":1}})") ==
        R"({"a":"<secret:a>","n":{"b":"<secret:n.b>"}})");
}

TEST_CASE("each assumption has its default among its values") {
  for (const auto& assumption : protocol::assumptions()) {
    CAPTURE(assumption.name);
    CHECK_FALSE(assumption.choice.empty());
    if (assumption.values.empty()) continue;
    bool found = false;
    for (const auto value : assumption.values) found = found || value == assumption.default_value;
    CHECK(found);
  }
  CHECK(protocol::find_assumption("delete-mode") != nullptr);
  CHECK(protocol::find_assumption("nope") == nullptr);
}
