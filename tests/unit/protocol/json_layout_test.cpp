// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_layout.hpp"

#include "protocol/structural_index.hpp"

#include <random>
#include <string>

#include <doctest/doctest.h>

namespace {

using protocol::JsonTokens;

std::string indented(std::string_view json) {
  const base::PaddedBuffer text(json);
  const auto tokens = JsonTokens::read(text.view());
  return tokens ? protocol::indented(*tokens) : "no JSON";
}

class RandomJson {
 public:
  explicit RandomJson(unsigned seed) : random_(seed) {}

  std::string value(int depth) {
    switch (random_() % (depth > 6 ? 4 : 7)) {
      case 0: return std::to_string(random_() % 100'000);
      case 1: return "-1.50e3";
      case 2: return random_() % 2 == 0 ? "null" : "true";
      case 3: return text();
      case 4: return random_() % 2 == 0 ? "{}" : "[]";
      case 5: return list('[', ']', depth, false);
      default: return list('{', '}', depth, true);
    }
  }
  std::string list(char open, char close, int depth, bool keys) {
    std::string made(1, open);
    for (std::size_t i = 0; i <= random_() % 5; ++i) {
      if (i > 0) made += ',';
      if (keys) made += text() + ":";
      made += value(depth + 1);
    }
    return made + close;
  }

 private:
  std::string text() {
    return "\"" + std::string(random_() % 45, 'x') +
           (random_() % 4 == 0 ? R"(\", : \u00e9 ] })" : "") + "\"";
  }
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("three levels have a line each; what lies deeper stays on one while it fits") {
  CHECK(indented("[]") == "[]\n");
  CHECK(indented(" 1 ") == "1\n");
  CHECK(indented(R"({"a":{"b":{"c":[1,{"d":2}],"e":{}}}})") == R"({
  "a": {
    "b": {
      "c": [1, {"d": 2}],
      "e": {}
    }
  }
}
)");
  // At the fourth level six of the hundred bytes are the indentation.
  const auto row = [](std::size_t size) {
    return R"([[[{"k": ")" + std::string(size - 9, 'x') + R"("}]]])";
  };
  const std::string in = "[\n  [\n    [\n      ", out = "\n    ]\n  ]\n]\n";
  CHECK(indented(row(94)) == in + row(94).substr(3, 94) + out);
  CHECK(indented(row(95)) == in + "{\n        " + row(95).substr(4, 93) + "\n      }" + out);
}

TEST_CASE("only white space differs, and it does not depend on that which was there") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    RandomJson tight(seed);
    const std::string json = tight.list('{', '}', 0, true);
    const base::PaddedBuffer text(indented(json));
    CHECK(protocol::squeezed(text.view()).view() == json);
    CHECK(indented(text.view()) == text.view());
    const auto tokens = JsonTokens::read(text.view());
    REQUIRE(tokens);
    CHECK(protocol::compact(*tokens) == json);
    std::string spaced;  // a blank behind each token
    for (std::size_t at = 0; at < tokens->size(); ++at)
      spaced.append(tokens->raw(at)).append("\r\n ");
    CHECK(indented(spaced) == text.view());
  }
}
