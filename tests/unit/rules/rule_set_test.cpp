// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_set.hpp"

#include "scene.hpp"

#include <doctest/doctest.h>

using scene::judged;
using scene::Lines;
using scene::Sync;

namespace {
constexpr const char* kTwoFaults = R"({"state":{"a":1},"insert":{},"hasMore":"false","extra":1})";
}

TEST_CASE("selectors are identifiers, their beginnings and slugs; ignoring wins") {
  const Lines both = {"RSP-04 warning - /extra 1", "RSP-06 warning - /hasMore 1"};
  CHECK(judged(kTwoFaults) == both);
  CHECK(judged(kTwoFaults, {.select = {"rsp"}}) == both);
  CHECK(judged(kTwoFaults, {.select = {"unknown-root-key"}}) == Lines{both[0]});
  CHECK(judged(kTwoFaults, {.select = {"RSP"}, .ignore = {"RSP-06"}}) == Lines{both[0]});
  CHECK(judged(kTwoFaults, {.select = {"STA"}}).empty());
}

TEST_CASE("a selector that fits nothing is a usage error with a suggestion") {
  const auto bad =
      rules::check_options({.select = {"ROW"}, .ignore = {"duplicate-key-in-respnse"}});
  REQUIRE_FALSE(bad);
  CHECK(bad.error().kind == base::ErrorKind::usage);
  CHECK(bad.error().message ==
        "--ignore: there is no rule `duplicate-key-in-respnse`, did you mean "
        "`duplicate-key-in-response`? (`fivetran-sim rules` lists them)");
  CHECK_FALSE(rules::check_options({.select = {""}}));
  CHECK(rules::check_options({.select = {"row", "LOOP-0", "not-json"}}));
}

TEST_CASE("strict turns documented demands into errors that reject") {
  Sync strict({.strict = true});
  const auto verdict = strict.call(R"({"state":"x","insert":{},"hasMore":"true"})");
  CHECK(verdict.rejected);
  CHECK(scene::lines(verdict.findings) ==
        Lines{"RSP-06 error - /hasMore 1", "STA-02 error - /state 1"});
  Sync fidelity;
  CHECK_FALSE(fidelity.call(R"({"state":"x","insert":{},"hasMore":"true"})").rejected);
}

TEST_CASE("a finding carries what the catalogue knows and where it happened") {
  Sync sync;
  sync.call(R"({"state":{"a":1},"insert":{},"hasMore":true})");
  const auto verdict = sync.call(R"({"state":{"a":2},"insert":{},"hasMore":false,"extra":1})");
  REQUIRE(verdict.findings.size() == 1);
  const core::Finding& finding = verdict.findings[0];
  CHECK(finding.slug == "unknown-root-key");
  CHECK(finding.certainty == core::Certainty::documented);
  CHECK(finding.sync == 1);
  CHECK(finding.call == 2);
  CHECK_FALSE(finding.fix.empty());
}

TEST_CASE("what another finding tells stays silent, but still rejects") {
  const char* misspelt = R"({"States":{"a":1},"insert":{},"hasMore":false})";
  Sync sync;
  const auto verdict = sync.call(misspelt);
  CHECK(verdict.rejected);
  CHECK(scene::lines(verdict.findings) == Lines{"RSP-05 error - /States 1"});
  // Without the rule that tells it, it speaks for itself.
  CHECK(judged(misspelt, {.ignore = {"RSP-05"}}) == Lines{"STA-01 error - - 1"});
}

TEST_CASE("an answer that cannot be read is judged whatever is selected") {
  Sync sync({.select = {"ROW"}, .ignore = {"RSP-01"}});
  const auto verdict = sync.call("null");
  CHECK(verdict.rejected);
  CHECK(scene::lines(verdict.findings) == Lines{"RSP-01 error - - 1"});
}
