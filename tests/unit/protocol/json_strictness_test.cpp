// SPDX-License-Identifier: Apache-2.0
#include "protocol/explain.hpp"
#include "protocol/parse.hpp"

#include <random>
#include <string>

#include <doctest/doctest.h>

// The fast path (parse) and the slow path (explain) are written independently; they must agree on
// what JSON is. The lists follow RFC 8259.
namespace {

bool fast_accepts(std::string_view text) {
  const auto form = protocol::parse(base::PaddedBuffer(text)).facts.form;
  return form == core::BodyForm::object || form == core::BodyForm::other;
}
bool slow_accepts(std::string_view text) {
  return !protocol::explain(text);
}

const char* const kAccepted[] = {"{}",
                                 "[]",
                                 "0",
                                 "-0",
                                 "1e5",
                                 "1E-5",
                                 "-1.5e+10",
                                 "\"\"",
                                 "\"a\"",
                                 " true ",
                                 "null",
                                 "[1,2,{\"a\":[]}]",
                                 "\"\\u0000\"",
                                 "\"\\ud800\"",
                                 "\"\x7f\"",
                                 "{\"\":0}",
                                 "[\"a\" , \"b\"]",
                                 "1\n",
                                 "\"\\\\\"",
                                 "\"\\\\\\\"\"",
                                 "[[[[]]]]",
                                 "\"\xF4\x8F\xBF\xBF\"",
                                 "{\"a\":{},\"b\":[]}",
                                 "[-1]",
                                 "[1.0]"};

const char* const kRefused[] = {"{",
                                "}",
                                "[",
                                "]",
                                "{]",
                                "[}",
                                ",",
                                ":",
                                "{\"a\"}",
                                "{\"a\":}",
                                "{\"a\":1,}",
                                "[1,]",
                                "[,1]",
                                "[1 2]",
                                "{\"a\" 1}",
                                "{a:1}",
                                "{'a':1}",
                                "01",
                                "-",
                                "+1",
                                "1.",
                                ".5",
                                "1e",
                                "1e+",
                                "0x10",
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "tru",
                                "truex",
                                "nul",
                                "falsey",
                                "\"",
                                "\"a",
                                "\"\\x\"",
                                "\"\\u12\"",
                                "\"\\u12G4\"",
                                "\"\n\"",
                                "\"\t\"",
                                "{} {}",
                                "{}x",
                                "1 2",
                                "\"a\" \"b\"",
                                "\"a\"b",
                                "a\"b\"",
                                "[1]]",
                                "{\"a\":1}}",
                                "\"\xC0\x80\"",
                                "\"\xED\xA0\x80\"",
                                "\"\xF5\x80\x80\x80\"",
                                "\"\xE2\x82\"",
                                "\xEF\xBB\xBF{}",
                                "[1\x01]",
                                "[\"a\"\x01]",
                                "1\x0b",
                                "{\"a\":1 \"b\":2}",
                                "{1:2}",
                                "[true false]",
                                "[\"a\":1]",
                                "{,}",
                                "{\"a\",1}",
                                "--1",
                                "1-",
                                "[1,,2]",
                                "\"\\",
                                "{\"a\":\"b\"c}",
                                "[nulll]",
                                "[truee]",
                                "1a",
                                "[1a]",
                                "[1.e1]",
                                "[1.1.1]"};

}  // namespace

TEST_CASE("valid JSON is accepted by both paths") {
  for (const char* text : kAccepted) {
    CAPTURE(text);
    CHECK(fast_accepts(text));
    CHECK(slow_accepts(text));
  }
}

TEST_CASE("what is not JSON is refused by both paths") {
  for (const char* text : kRefused) {
    CAPTURE(text);
    CHECK_FALSE(fast_accepts(text));
    CHECK_FALSE(slow_accepts(text));
  }
}

TEST_CASE("a nested value inside a cell is held to the same rules") {
  for (const char* text : kRefused) {
    const std::string body = "{\"insert\":{\"t\":[{\"a\":{\"b\":" + std::string(text) + "}}]}}";
    CAPTURE(body);
    CHECK(fast_accepts(body) == slow_accepts(body));
  }
}

TEST_CASE("both paths agree on mutated responses") {
  const std::string seed =
      R"({"state":{"c":"x\u00e9"},"insert":{"t":[{"a":1,"b":[1.5,{"k":null}]},{"a":-2e3,"b":"\\"}]},"hasMore":false})";
  std::mt19937 random(20240607);
  const std::string alphabet = "{}[],:\"\\ ue019.-+Etrfalsn\n\x01\xC3\xA9";
  for (int i = 0; i < 20000; ++i) {
    std::string text = seed;
    for (int k = static_cast<int>(random() % 3); k >= 0; --k) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0: text[at] = alphabet[random() % alphabet.size()]; break;
        case 1: text.erase(at, 1 + random() % 3); break;
        default: text.insert(at, 1, alphabet[random() % alphabet.size()]);
      }
    }
    CAPTURE(text);
    REQUIRE(fast_accepts(text) == slow_accepts(text));
  }
}

TEST_CASE("nesting has one limit in both paths") {
  for (const int depth : {1000, 1023, 1024, 1025, 5000}) {
    const std::string text = std::string(static_cast<std::size_t>(depth), '[') +
                             std::string(static_cast<std::size_t>(depth), ']');
    CAPTURE(depth);
    CHECK(fast_accepts(text) == (depth <= 1024));
    CHECK(slow_accepts(text) == (depth <= 1024));
  }
}

TEST_CASE("explanations name the usual causes") {
  const auto what = [](std::string_view text) { return protocol::explain(text)->what; };
  const auto hint = [](std::string_view text) { return protocol::explain(text)->hint; };
  CHECK(what("{\"a\":1,}") == "a comma stands before the closing '}'");
  CHECK(what("{'a':1}") == "a key stands in single quotes");
  CHECK(what("{\"a\":True}") == "True is Python, not JSON");
  CHECK(what("{\"a\":[1,2") == "the text ends in the middle of a value");
  CHECK(what("{} trailing") == "text follows behind the end of the JSON value");
  CHECK(hint("Starting\n{}") == "print logs to stderr, only the response to stdout");
  CHECK(what("<html>") == "this looks like HTML or XML");
  CHECK(protocol::explain("{\"a\":1,}")->excerpt == "{\"a\":1,⟶}");
}
