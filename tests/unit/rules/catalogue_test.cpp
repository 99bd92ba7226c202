// SPDX-License-Identifier: Apache-2.0
#include "rules/catalogue.hpp"

#include "rules/registry.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include <doctest/doctest.h>

TEST_CASE("each rule of the catalogue runs, and each rule that runs is in the catalogue") {
  std::set<std::string_view> listed, running;
  for (const core::RuleInfo& rule : rules::catalogue()) CHECK(listed.insert(rule.id).second);
  for (const auto& rule : rules::call_rules()) running.insert(rule.id);
  for (const auto& rule : rules::load_rules()) running.insert(rule.id);
  for (const auto& rule : rules::sync_rules()) running.insert(rule.id);
  for (const std::string_view rule : rules::lock_rules()) running.insert(rule);
  for (const std::string_view rule : rules::workflow_rules()) running.insert(rule);
  for (const std::string_view rule : rules::suite_rules()) running.insert(rule);
  CHECK(listed == running);
}

TEST_CASE("identifiers, slugs and texts are complete and well formed") {
  std::set<std::string_view> slugs;
  for (const core::RuleInfo& rule : rules::catalogue()) {
    CAPTURE(rule.id);
    CHECK(slugs.insert(rule.slug).second);
    for (const std::string_view text : {rule.brief, rule.detail, rule.fix, rule.source}) {
      CHECK_FALSE(text.empty());
      CHECK(text.find("  ") == std::string_view::npos);
    }
    // Shown behind a colon on one line; the detail is prose.
    CHECK(std::isupper(static_cast<unsigned char>(rule.brief.front())) == 0);
    CHECK_FALSE(rule.brief.ends_with('.'));
    CHECK_FALSE(rule.fix.ends_with('.'));
    CHECK((rule.detail.ends_with('.') || rule.detail.ends_with(".\"")));
  }
}

TEST_CASE("the rules that reject are those of the design, and strict only adds to them") {
  std::set<std::string_view> fidelity, strict;
  for (const core::RuleInfo& rule : rules::catalogue()) {
    if (rule.fidelity_effect == core::Effect::rejects) fidelity.insert(rule.id);
    if (rule.strict_effect == core::Effect::rejects) strict.insert(rule.id);
    CHECK(rule.strict >= rule.fidelity);
  }
  CHECK(fidelity == std::set<std::string_view>{"INV-01", "INV-02", "INV-04", "RSP-01", "RSP-02",
                                               "RSP-03", "RSP-08", "RSP-09", "STA-01", "LIM-01",
                                               "LIM-02", "LIM-03", "LOOP-02", "S3-01", "S3-02"});
  std::set<std::string_view> more = fidelity;
  more.insert({"RSP-06", "STA-02"});
  CHECK(strict == more);
}

TEST_CASE("a rule is found by identifier or slug, in any case") {
  REQUIRE(rules::find("row-04") != nullptr);
  CHECK(rules::find("row-04")->slug == "duplicate-key-in-response");
  CHECK(rules::find("Near-Miss-Key")->id == "RSP-05");
  CHECK(rules::find("RSP") == nullptr);
  CHECK(rules::find("") == nullptr);
}
