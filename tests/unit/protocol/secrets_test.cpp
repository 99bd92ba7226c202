// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_text.hpp"
#include "protocol/leaks.hpp"
#include "protocol/locate.hpp"
#include "protocol/parse.hpp"
#include "protocol/redactor.hpp"

#include <algorithm>
#include <array>

#include <doctest/doctest.h>

namespace {

std::string base64(std::string_view text) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned value = 0;
  int bits = 0;
  for (const char c : text) {
    value = (value << 8 | static_cast<unsigned char>(c)) & 0xFFFFFF;
    for (bits += 8; bits >= 6; bits -= 6) out += kLetters[value >> (bits - 6) & 63];
  }
  if (bits > 0) out += kLetters[value << (6 - bits) & 63];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

core::SyncResponse response_of(std::string_view json) {
  base::PaddedBuffer body;
  body.append(json);
  return protocol::parse(std::move(body));
}

std::string names(const std::vector<protocol::Secret>& secrets) {
  std::string all;
  for (const auto& secret : secrets) all += (all.empty() ? "" : " ") + secret.name;
  return all;
}

}  // namespace

TEST_CASE("what is watched: names, nested values, the user's own choice") {
  const std::string json =
      R"({"apiToken":"hunter2-very-secret","region":"eu-central-1","o":{"k":["deep-secret-1"]},)"
      R"("pin":"1234","n":12345678,"file":"{\"private_key\":\"key-of-account\",\"type\":\"service_account\"}"})";
  CHECK(names(protocol::watched_secrets(json)) == "apiToken o.k.0 file file.private_key");
  CHECK(names(protocol::watched_secrets(json, {{"pin", "reg*"}, {"apiToken"}})) ==
        "region o.k.0 pin file file.private_key");
  CHECK(protocol::redacted_secrets(R"({"a":["x",{"b":1}]})") ==
        R"({"a":["<secret:a.0>",{"b":"<secret:a.1.b>"}]})");
}

TEST_CASE("a secret is found in base64 at each alignment") {
  const std::string secret = "s3cr3t/Töken+value";
  const protocol::SecretSearch search(std::vector<protocol::Secret>{{"t", secret}});
  for (const std::string_view before : {"", "u", "us", "use", "user:"})
    for (const std::string_view after : {"", "x", "xy", "xyz"}) {
      const auto match =
          search.find("Basic " + base64(std::string(before) + secret + std::string(after)));
      REQUIRE(match);
      CHECK(match->form == protocol::SecretForm::base64);
    }
}

TEST_CASE("a secret is found in all its other forms") {
  const protocol::Redactor redact(R"({"t":"a \"b\"/ü&d 12"})");
  for (const std::string_view text :
       {R"(a "b"/ü&d 12)", R"(a \"b\"/ü&d 12)", R"(a \"b\"\/\u00fc&d 12)", R"(a \\\"b\\\"/ü&d 12)",
        "a%20%22b%22%2F%C3%BC%26d%2012", "a+%22b%22%2f%c3%bc%26d+12", "a%20%22b%22/%C3%BC%26d%2012",
        "61202262222fc3bc2664203132", "61202262222FC3BC2664203132"})
    CHECK(redact("<" + std::string(text) + ">") == "<<secret:t>>");
  CHECK(redact("a \"b\"/ü&d 13") == "a \"b\"/ü&d 13");
}

TEST_CASE("secrets that overlap vanish as a whole, and the longer one wins") {
  const protocol::Redactor redact(R"({"a":"abcdefgh-1","b":"gh-1-ijklmn","c":"abcdefgh"})");
  CHECK(redact("x abcdefgh-1-ijklmn y") == "x <secret:a> y");
  CHECK(redact("x abcdefgh y") == "x <secret:c> y");
}

TEST_CASE("what is left of a secret at a cut is taken out too") {
  const protocol::Redactor redact(R"({"t":"hunter2-very-secret"})");
  CHECK(redact("token hunter2-ve…cret end") == "token <secret:t>…<secret:t> end");
  CHECK(redact("token hunter2-…") == "token <secret:t>…");
  CHECK(redact("some … other text") == "some … other text");
}

TEST_CASE("a key of several lines is hidden line by line") {
  const protocol::Redactor redact(
      R"({"k":"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nAbcdefghijklmnopqrst\n-----END PRIVATE KEY-----\n"})");
  CHECK(redact("log: MIIEvQIBADANBgkqhkiG9w0") == "log: <secret:k>");
  CHECK(redact("-----BEGIN PRIVATE KEY-----") == "-----BEGIN PRIVATE KEY-----");
}

TEST_CASE("a name cannot break what it stands in") {
  const protocol::Redactor redact(R"({"a\"b\\>":"hunter2-very-secret"})");
  CHECK(redact(R"("hunter2-very-secret")") == R"("<secret:a_b__>")");
}

TEST_CASE("offsets in a document are located") {
  const std::string json = R"({"a": {"b": [1, {"c/d": "here"}, "x"]}, "here": 2, "e": "\"here"})";
  std::vector<std::size_t> offsets;
  for (std::size_t at = json.find("here"); at != json.npos; at = json.find("here", at + 1))
    offsets.push_back(at);
  offsets.push_back(json.size() - 1);
  const auto steps = protocol::locate(json, offsets);
  REQUIRE(steps.size() == 4);
  CHECK(steps[0] == protocol::Steps{"a", "b", "1", "c/d"});
  CHECK(steps[1] == protocol::Steps{"here"});
  CHECK(steps[2] == protocol::Steps{"e"});
}

TEST_CASE("leaks of an answer tell secret, form, place and pointer") {
  const protocol::SecretSearch watched(std::vector<protocol::Secret>{{"t", "hunter2-very-secret"}});
  const auto leaks = protocol::leaks_in(
      response_of(
          R"({"state":{"auth":"hunter2-very-secret","access_token":"9fA7c2Qx81LmZ0","next_page_token":"9fA7c2Qx81LmZ0bb"},)"
          R"("insert":{"t/1":[{"id":1},{"id":2,"h":"hunter2-very-secret"},{"h":"hunter2-very-secret"}]},"hasMore":false})"),
      watched);
  REQUIRE(leaks.size() == 3);
  CHECK(leaks[0].what == "t");
  CHECK(leaks[0].place == core::LeakPlace::state);
  CHECK(leaks[0].pointer == "/state/auth");
  CHECK(leaks[1].what == "assigned-secret");
  CHECK_FALSE(leaks[1].configured);
  CHECK(leaks[1].pointer == "/state/access_token");
  CHECK(leaks[2].table == "t/1");
  CHECK(leaks[2].pointer == "/insert/t~11/1/h");
  CHECK(leaks[2].count == 2);
}

TEST_CASE("a body that is no JSON is searched all the same") {
  const protocol::SecretSearch watched(std::vector<protocol::Secret>{{"t", "hunter2-very-secret"}});
  const auto leaks = protocol::leaks_in(response_of("<p>hunter2-very-secret"), watched);
  REQUIRE(leaks.size() == 1);
  CHECK(leaks[0].place == core::LeakPlace::other);
  CHECK(leaks[0].pointer.empty());
}
