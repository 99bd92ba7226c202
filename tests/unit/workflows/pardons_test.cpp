// SPDX-License-Identifier: Apache-2.0
#include "workflows/pardons.hpp"

#include "support/temp_dir.hpp"

#include <doctest/doctest.h>

using core::Pardon;
using core::Severity;
using core::WaiverFate;
using workflows::Baseline;
using workflows::Pardons;

namespace {

core::Finding finding(const std::string& rule, const std::string& table,
                      std::vector<std::string> places) {
  core::Finding made;
  made.rule = rule;
  made.table = table;
  made.places = std::move(places);
  return made;
}

core::WaiverUse waiver(const std::string& rule, const std::string& table,
                       const std::string& expires) {
  core::WaiverUse made;
  made.rule = rule;
  made.table = table;
  made.reason = "why";
  made.expires = expires;
  return made;
}

Pardons pardons(std::vector<core::WaiverUse> waivers, std::optional<Baseline> baseline = {}) {
  return {std::move(waivers), std::move(baseline), "2026-11-25",
          [](std::string_view text) { return std::string(text); }};
}

Pardon pardon_of(const Pardons& pardons, core::Finding finding) {
  pardons.mark(finding);
  return finding.pardon;
}

}  // namespace

TEST_CASE("a waiver covers its rule in the tables of its glob") {
  const Pardons any = pardons({waiver("ROW-01", "", "")});
  CHECK(pardon_of(any, finding("ROW-01", "orders", {"/a"})) == Pardon::waived);
  CHECK(pardon_of(any, finding("ROW-02", "orders", {"/a"})) == Pardon::none);
  const Pardons some = pardons({waiver("ROW-01", "ord*", "")});
  CHECK(pardon_of(some, finding("ROW-01", "orders", {"/a"})) == Pardon::waived);
  CHECK(pardon_of(some, finding("ROW-01", "users", {"/a"})) == Pardon::none);
}

TEST_CASE("a waiver holds through its last day") {
  const auto holds = [](const std::string& day) {
    return pardon_of(pardons({waiver("R", "", day)}), finding("R", "t", {"/a"})) == Pardon::waived;
  };
  CHECK(holds("2026-11-26"));
  CHECK(holds("2026-11-25"));
  CHECK_FALSE(holds("2026-11-24"));
}

TEST_CASE("what became of each waiver") {
  Pardons all = pardons({waiver("A", "", ""), waiver("B", "", ""), waiver("A", "", "2020-01-01")});
  core::Report report;
  report.findings = {finding("A", "t", {"/a"})};
  all.conclude(report, Severity::warning);
  REQUIRE(report.waivers.size() == 3);
  CHECK(report.waivers[0].fate == WaiverFate::used);
  CHECK(report.waivers[0].findings == 1);
  CHECK(report.waivers[1].fate == WaiverFate::stale);
  CHECK(report.waivers[2].fate == WaiverFate::expired);
}

TEST_CASE("a finding is known only when each of its places is") {
  Baseline baseline;
  baseline.findings = {{"R", "t", "/insert/t/*", "old", ""}};
  const Pardons all = pardons({}, baseline);
  CHECK(pardon_of(all, finding("R", "t", {"/insert/t/*"})) == Pardon::known);
  CHECK(pardon_of(all, finding("R", "t", {"/insert/t/*", "/delete/t/*"})) == Pardon::none);
  CHECK(pardon_of(all, finding("R", "u", {"/insert/t/*"})) == Pardon::none);
  CHECK(pardon_of(all, finding("S", "t", {"/insert/t/*"})) == Pardon::none);
}

TEST_CASE("without places the pointer is taken, less its indexes") {
  Baseline baseline;
  baseline.findings = {{"R", "2024", "/insert/2024/*/total", "", ""}};
  core::Finding one = finding("R", "2024", {});
  one.pointer = "/insert/2024/17/total";
  CHECK(pardon_of(pardons({}, baseline), one) == Pardon::known);
  one.pointer = "/insert/2024/17/name";
  CHECK(pardon_of(pardons({}, baseline), one) == Pardon::none);
}

TEST_CASE("a rewritten baseline drops what is gone, takes in what is new and keeps reasons") {
  Baseline baseline{.file = "b.json",
                    .findings = {{"R", "t", "/a", "ticket 7", ""}, {"R", "gone", "/a", "", ""}},
                    .rewrite = true};
  Pardons all = pardons({waiver("W", "", "")}, baseline);
  core::Report report;
  report.findings = {finding("R", "t", {"/a", "/b"}), finding("W", "t", {"/a"}),
                     finding("N", "t", {"/a"})};
  report.findings[2].severity = Severity::info;
  all.conclude(report, Severity::warning);
  REQUIRE(all.to_write() != nullptr);
  CHECK(
      all.to_write()->findings ==
      std::vector<core::KnownFinding>{{"R", "t", "/a", "ticket 7", ""}, {"R", "t", "/b", "", ""}});
  CHECK(report.findings[0].pardon == Pardon::known);
  CHECK(report.findings[0].pardon_reason == "ticket 7");
  CHECK(report.findings[1].pardon == Pardon::waived);
  CHECK(report.findings[2].pardon == Pardon::none);
  REQUIRE(report.baseline);
  CHECK(report.baseline->known == 1);
  CHECK(report.baseline->stale.empty());
}

TEST_CASE("a baseline is written sorted and read as it was written") {
  const support::TempDir folder;
  const std::vector<core::KnownFinding> known = {{"A", "t\"", "/a b", "", ""},
                                                 {"B", "t", "/a", "why", "2027-01-01"}};
  const std::string text = workflows::baseline_text({known[1], known[0]});
  const auto read = workflows::read_baseline(folder.write("b.json", text));
  REQUIRE(read);
  CHECK(*read == known);
  CHECK(workflows::baseline_text(*read) == text);
  const auto empty = workflows::read_baseline(folder.write("e.json", workflows::baseline_text({})));
  REQUIRE(empty);
  CHECK(empty->empty());
}

TEST_CASE("what is no baseline is refused with the place") {
  const support::TempDir folder;
  const auto fault = [&folder](const std::string& findings) {
    const auto read = workflows::read_baseline(folder.write(
        "b.json", R"({"format": "fivetran-sim/baseline/1", "findings": )" + findings + "}"));
    return read ? "" : read.error().message;
  };
  CHECK(fault("{}").find("needs a list") != std::string::npos);
  CHECK(fault("[7]").find("entry 1") != std::string::npos);
  CHECK(fault(R"([{"table": "t"}])").find("needs a `rule`") != std::string::npos);
  CHECK(fault(R"([{"rule": "R"}, {"rule": 7}])").find("entry 2: rule must be a text") !=
        std::string::npos);
  CHECK(fault(R"([{"rule": "R", "expires": "soon"}])").find("is a day") != std::string::npos);
  CHECK_FALSE(workflows::read_baseline(folder.write("x.json", "[]")));
}
