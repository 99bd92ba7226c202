// SPDX-License-Identifier: Apache-2.0
#include "rules/texts.hpp"

#include "rules/catalogue.hpp"
#include "rules/rules_doc.hpp"

#include <doctest/doctest.h>

TEST_CASE("long values are cut in the middle, inside no character") {
  CHECK(rules::shorten("short") == "short");
  const std::string cut = rules::shorten(std::string(5000, 'a') + std::string(5000, 'b'), 20);
  CHECK(cut == "aaaaaaaaaaaa…bbbbbbb");
  std::string umlauts;
  for (int i = 0; i < 3000; ++i) umlauts += "ä";
  CHECK(rules::shorten(umlauts, 5) == "ää…ää");
  CHECK(rules::json_text("{ \"a\" :\n 1 }") == R"({"a":1})");
}

TEST_CASE("amounts and errors read like sentences") {
  CHECK(rules::counted(1, "row") == "1 row");
  CHECK(rules::counted(12'000, "row") == "12,000 rows");
  CHECK(rules::seconds_text(std::chrono::milliseconds(400)) == "0.4 s");
  CHECK(rules::seconds_text(std::chrono::seconds(900)) == "900 s");
  CHECK(rules::error_text("ValueError", "bad") == "ValueError : bad");
  CHECK(rules::error_text("", "bad") == "bad");
  CHECK(rules::error_text("Timeout", "") == "Timeout");
  const std::vector<std::string_view> names = {"a", "b", "c"};
  CHECK(rules::names_text(names) == "`a`, `b` and `c`");
  CHECK(rules::names_text(names, 2) == "`a`, `b` and 1 more");
}

TEST_CASE("the documentation speaks of every rule once") {
  const std::string text = rules::markdown();
  for (const core::RuleInfo& rule : rules::catalogue()) {
    CAPTURE(rule.id);
    const std::string heading = "\n### " + std::string(rule.id) + "\n";
    const std::size_t at = text.find(heading);
    REQUIRE(at != std::string::npos);
    CHECK(text.find(heading, at + 1) == std::string::npos);
    CHECK(text.find(rule.detail) != std::string::npos);
    CHECK(text.find(rule.fix) != std::string::npos);
  }
}
