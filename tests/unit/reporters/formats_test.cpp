// SPDX-License-Identifier: Apache-2.0
// Formats that are made from a finished report: what strangers' parsers do not look at.
#include "reporters/formats.hpp"

#include "base/text.hpp"
#include "reporters/case_list.hpp"
#include "reporters/github_report.hpp"
#include "reporters/markdown_report.hpp"
#include "reporters/markdown_text.hpp"
#include "reporters/plain_text.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using core::Severity;
using reporters::CaseState;

namespace {

core::Finding finding(const std::string& rule, Severity severity, int sync = 1) {
  core::Finding made;
  made.rule = rule;
  made.slug = "a-slug";
  made.severity = severity;
  made.sync = sync;
  made.call = 1;
  made.table = "orders";
  made.message = "it is wrong";
  return made;
}

core::Report report(std::vector<core::Finding> findings, core::ExitCode code) {
  core::Report made;
  made.command = "run";
  made.target = "cmd:x";
  core::SyncReport sync;
  sync.sync = 1;
  sync.kind = "historical";
  sync.call_count = 1;
  made.syncs.push_back(sync);
  made.findings = std::move(findings);
  made.exit_code = code;
  return made;
}

std::size_t count(const core::Report& made, CaseState state) {
  const auto cases = reporters::cases_of(made);
  return static_cast<std::size_t>(std::ranges::count(cases, state, &reporters::Case::state));
}

std::size_t lines_with(const std::string& text, const std::string& start) {
  std::size_t found = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
    if (text.compare(at, start.size(), start) == 0) ++found;
  return found;
}

// Two faults on two pages and one of the whole sync: two cells of RES-01 differ, one was not done.
core::Report disturbed() {
  using core::ChaosVerdict;
  core::Finding lost = finding("RES-01", Severity::error);
  lost.places = {"lost"};
  lost.count = 2;
  core::Report made = report({lost}, core::ExitCode::findings);
  core::ChaosMatrix& matrix = made.chaos.emplace_back();
  matrix.pages_in_sync = 2;
  matrix.pages = {1, 2};
  matrix.faults = {{"lost", "the response is lost", "RES-01"},
                   {"cold", "a fresh process", "RES-09"},
                   {"resync", "everything again", "RES-08"}};
  matrix.cells = {
      {.fault = "lost",
       .page = 1,
       .verdict = ChaosVerdict::lost,
       .lost = 2,
       .rows = {"t id=1: lost", "t id=2: lost"}},
      {.fault = "cold", .page = 1, .verdict = ChaosVerdict::same},
      {.fault = "lost", .page = 2, .verdict = ChaosVerdict::endless, .detail = "no end"},
      {.fault = "cold", .page = 2, .verdict = ChaosVerdict::not_done, .detail = "not ours to end"},
      {.fault = "resync", .page = 0, .verdict = ChaosVerdict::same}};
  return made;
}

std::string made(const char* format, const core::Report& from) {
  return reporters::find_format(format)->make(from, {});
}

}  // namespace

TEST_CASE("a finding that counts takes the place of its sync") {
  const auto cases = reporters::cases_of(
      report({finding("ROW-04", Severity::error), finding("NAM-01", Severity::info)},
             core::ExitCode::findings));
  REQUIRE(cases.size() == 2);
  CHECK(cases[0].name == "sync 1 (historical): ROW-04 a-slug in orders");
  CHECK(cases[0].state == CaseState::failed);
  CHECK(cases[1].state == CaseState::noted);
}

TEST_CASE("a sync without findings that count stays, and so does its name") {
  const auto cases =
      reporters::cases_of(report({finding("ROW-04", Severity::warning)}, core::ExitCode::ok));
  REQUIRE(cases.size() == 2);
  CHECK(cases[0].name == "sync 1 (historical)");
  CHECK(cases[0].state == CaseState::passed);
}

TEST_CASE("--fail-on and pardons decide what counts") {
  core::Report made = report({finding("ROW-04", Severity::warning)}, core::ExitCode::findings);
  made.fail_on = Severity::warning;
  CHECK(count(made, CaseState::failed) == 1);
  made.findings[0].pardon = core::Pardon::waived;
  CHECK(count(made, CaseState::failed) == 0);
  made.findings[0].pardon = core::Pardon::none;
  made.fail_on = Severity::off;
  CHECK(count(made, CaseState::failed) == 0);
}

TEST_CASE("an exit code other than 0 is seen in the cases, whatever it comes from") {
  using core::ExitCode;
  for (const ExitCode code :
       {ExitCode::findings, ExitCode::connector_failed, ExitCode::environment,
        ExitCode::nothing_tested, ExitCode::user_limit, ExitCode::interrupted})
    CHECK(count(report({}, code), CaseState::broken) == 1);
  CHECK(count(report({}, ExitCode::ok), CaseState::broken) == 0);
  core::Report stopped = report({}, ExitCode::user_limit);
  stopped.syncs[0].outcome = core::Outcome::stopped;
  stopped.syncs[0].stopped_by = "max-calls";
  const auto cases = reporters::cases_of(stopped);
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].message == "stopped: max-calls");
}

TEST_CASE("checks of a suite appear by name, and findings at their check") {
  core::Report made = report({finding("ROW-04", Severity::error)}, core::ExitCode::findings);
  made.checks = {{"cmd:a", "setup test", core::CheckOutcome::passed, "", {}, {}},
                 {"cmd:b", "historical sync", core::CheckOutcome::failed, "", {}, {"b.py", 7}},
                 {"cmd:b", "repeat", core::CheckOutcome::skipped, "deployed", {}, {}}};
  made.findings[0].check = 2;
  const auto cases = reporters::cases_of(made);
  REQUIRE(cases.size() == 3);
  CHECK(cases[0].name == "setup test");
  CHECK(cases[1].target == "cmd:b");
  CHECK(cases[1].name == "historical sync: ROW-04 a-slug in orders");
  CHECK(cases[1].source.line == 7);
  CHECK(cases[2].state == CaseState::skipped);
  CHECK(made.findings.size() == count(made, CaseState::failed));
  CHECK(::made("tap", made).find("ok 3 - cmd:b: repeat # SKIP deployed\n") != std::string::npos);
}

TEST_CASE("two findings never share a name") {
  const auto cases = reporters::cases_of(
      report({finding("ROW-04", Severity::error), finding("ROW-04", Severity::error)},
             core::ExitCode::findings));
  REQUIRE(cases.size() == 2);
  CHECK(cases[0].name != cases[1].name);
}

TEST_CASE("a fingerprint does not depend on rows and values") {
  core::Finding one = finding("ROW-04", Severity::error);
  core::Finding other = one;
  one.pointer = "/insert/orders/3/id";
  other.pointer = "/insert/orders/4711/id";
  other.message = "other values";
  CHECK(reporters::fingerprint_of(one) == reporters::fingerprint_of(other));
  CHECK(reporters::fingerprint_of(one).size() == 32);
  other.table = "items";
  CHECK(reporters::fingerprint_of(one) != reporters::fingerprint_of(other));
}

TEST_CASE("GitHub shows ten annotations of a kind: of more, nine and one that sums up") {
  std::vector<core::Finding> ten(10, finding("ROW-04", Severity::warning));
  CHECK(lines_with(reporters::github_report(report(ten, core::ExitCode::ok)), "::warning ") == 10);
  ten.push_back(finding("ROW-04", Severity::warning));
  ten.push_back(finding("INV-01", Severity::error));
  const std::string text = reporters::github_report(report(ten, core::ExitCode::findings));
  CHECK(lines_with(text, "::warning ") == 10);
  CHECK(lines_with(text, "::error ") == 1);
  CHECK(text.find("and 2 more warnings") != std::string::npos);
}

TEST_CASE("what a connector wrote cannot end an annotation or begin a command") {
  core::Finding hostile = finding("ROW-04", Severity::error);
  hostile.table = "a,line=9::b%";
  hostile.message = "50%\n::set-output name=x::y\r\nend";
  core::Report made = report({hostile}, core::ExitCode::findings);
  made.source = {"a:b,c.py", 3};
  const std::string text = reporters::github_report(made);
  CHECK(lines_with(text, "::") == 1);
  CHECK(
      text.starts_with("::error file=a%3Ab%2Cc.py,line=3,title=ROW-04 a-slug in "
                       "a%2Cline=9%3A%3Ab%25::50%25%0A::set-output name=x::y%0Aend"));
}

TEST_CASE("the summary of a step keeps to its bytes and counts what it leaves out") {
  core::Finding large = finding("ROW-04", Severity::error);
  large.evidence.assign(20, std::string(150, 'x'));
  const core::Report made =
      report(std::vector<core::Finding>(2000, large), core::ExitCode::findings);
  const std::string text = reporters::github_summary(made, (1 << 20) - 1);
  CHECK(text.size() < (1 << 20));
  CHECK(text.size() > (1 << 19));
  CHECK(text.find("more findings\n") != std::string::npos);
  CHECK(reporters::github_summary(made, 10).empty());
}

TEST_CASE("nothing from outside is markup in Markdown") {
  CHECK(reporters::markdown_text("<b>*x* @bob #12 [a](b)") ==
        "&lt;b&gt;\\*x\\* &#64;bob &#35;12 \\[a\\](b)");
  CHECK(reporters::markdown_text("the `a*b` of\nx`") == "the `a*b` of x\\`");
  CHECK(reporters::markdown_cell("`a|b`") == "`a\\|b`");
  CHECK(reporters::markdown_code("a`b|c") == "``a`b\\|c``");
  CHECK(reporters::markdown_code("`") == "`` ` ``");
  const std::string block = reporters::markdown_block("```\nx", 0);
  CHECK(block == "````text\n```\nx\n````\n");
}

TEST_CASE("broken bytes and control characters come out as text in every format") {
  core::Finding hostile = finding("ROW-04", Severity::error);
  hostile.table = "t\xFF\x01]]>\xEF\xBF\xBF";
  hostile.message = std::string("a\0b\x1B[31m\xC3 ", 10) + "\u2028---\n...\n";
  hostile.evidence = {"\xF0\x9F\x98 \x7F"};
  hostile.pointer = "/insert/\xED\xA0\x80";
  core::Report made = report({hostile}, core::ExitCode::findings);
  made.chaos.emplace_back().faults = {{"lost", "it is lost", "RES-01"}};
  made.chaos.front().pages = {1};
  made.chaos.front().cells = {{.fault = "lost",
                               .page = 1,
                               .verdict = core::ChaosVerdict::lost,
                               .lost = 1,
                               .detail = hostile.message,
                               .rows = {hostile.table}}};
  made.determinism.emplace().differences = {{.pointer = hostile.table, .first = hostile.message}};
  made.probes = {{"p", hostile.message}};
  made.forecast.emplace().cursor = hostile.table;
  made.checks = {{"cmd:x", hostile.table, core::CheckOutcome::skipped, hostile.message, {}, {}}};
  for (const reporters::Format& format : reporters::formats()) {
    CAPTURE(format.name);
    const std::string text = format.make(made, {});
    CHECK(text == base::valid_utf8(text));
    CHECK(text.find('\x1B') == std::string::npos);
    CHECK(text.find('\0') == std::string::npos);
  }
  CHECK(::made("junit", made).find("\xEF\xBF\xBF") == std::string::npos);
}

TEST_CASE("TAP: '#' in a name is no directive") {
  core::Finding odd = finding("ROW-04", Severity::error);
  odd.table = "a # todo b # c\\";
  const std::string text = ::made("tap", report({odd}, core::ExitCode::findings));
  CHECK(
      text.find("not ok 1 - sync 1 (historical): ROW-04 a-slug in a <U+0023> todo b \\# c\\\\\n") !=
      std::string::npos);
  CHECK(text.starts_with("TAP version 14\n1..1\n"));
}

TEST_CASE(
    "TAP: an info finding is a note, a warning below --fail-on is ok, a pardoned one a TODO") {
  core::Report made =
      report({finding("ROW-04", Severity::warning), finding("NAM-01", Severity::info),
              finding("ROW-05", Severity::error)},
             core::ExitCode::ok);
  made.findings[2].pardon = core::Pardon::waived;
  made.findings[2].pardon_reason = "known";
  const std::string text = ::made("tap", made);
  CHECK(
      text.starts_with("TAP version 14\n1..3\nok 1 - sync 1 (historical)\n"
                       "ok 2 - sync 1 (historical): ROW-04 a-slug in orders\n  ---\n"));
  CHECK(lines_with(text, "# info: sync 1 (historical): NAM-01 a-slug in orders: it is wrong\n") ==
        1);
  CHECK(lines_with(text, "not ok ") == 1);
  CHECK(lines_with(
            text,
            "not ok 3 - sync 1 (historical): ROW-05 a-slug in orders # TODO waived: known\n") == 1);
}

TEST_CASE("GitLab: pardoned findings are left out, fingerprints differ") {
  core::Report made =
      report({finding("ROW-04", Severity::error), finding("ROW-04", Severity::error),
              finding("ROW-05", Severity::warning)},
             core::ExitCode::findings);
  made.findings[2].pardon = core::Pardon::known;
  const std::string text = ::made("gitlab", made);
  CHECK(text.find("ROW-05") == std::string::npos);
  const std::size_t first = text.find("\"fingerprint\""),
                    second = text.find("\"fingerprint\"", first + 1);
  REQUIRE(second != std::string::npos);
  CHECK(text.substr(first, 50) != text.substr(second, 50));
}

TEST_CASE("chaos: each page and fault is a case and stands for the finding that tells of it") {
  const core::Report from = disturbed();
  const auto cases = reporters::cases_of(from);
  REQUIRE(cases.size() == 6);
  CHECK(cases[0].name == "sync 1 (historical)");  // the undisturbed sync, which passed
  CHECK(cases[0].state == CaseState::passed);
  CHECK(cases[1].name == "chaos: lost at page 1");
  CHECK(cases[1].state == CaseState::failed);
  CHECK(cases[1].message == "2 rows lost: t id=1: lost; t id=2: lost");
  CHECK(cases[1].finding->rule == "RES-01");
  CHECK(reporters::body_of(cases[1]).find("t id=2: lost") != std::string::npos);
  CHECK(cases[2].state == CaseState::passed);
  CHECK(cases[3].message == "no end");
  CHECK(cases[4].state == CaseState::skipped);
  CHECK(cases[4].message == "not ours to end");
  CHECK(cases[5].name == "chaos: resync");
}

TEST_CASE("chaos: a pardoned finding, one below --fail-on and one that nobody asked for") {
  core::Report from = disturbed();
  from.exit_code = core::ExitCode::ok;
  from.findings[0].pardon = core::Pardon::waived;
  CHECK(count(from, CaseState::noted) == 2);
  CHECK(count(from, CaseState::failed) == 0);
  from.findings[0].pardon = core::Pardon::none;
  from.fail_on = Severity::off;
  CHECK(count(from, CaseState::noted) == 2);
  from.findings.clear();
  CHECK(count(from, CaseState::skipped) == 3);
  CHECK(count(from, CaseState::noted) + count(from, CaseState::failed) == 0);
}

TEST_CASE("chaos: a finding of the same rule about something else keeps its own case") {
  core::Report from = disturbed();
  from.findings.push_back(finding("RES-01", Severity::error));
  from.findings.back().about = "second sync";
  const auto cases = reporters::cases_of(from);
  CHECK(count(from, CaseState::failed) == 3);
  CHECK(std::ranges::count(cases, "sync 1 (historical): RES-01 a-slug in orders",
                           &reporters::Case::name) == 1);
}

TEST_CASE("chaos: in a suite the cells stand for their check") {
  core::Report from = disturbed();
  from.checks = {
      {"cmd:a", "a fault at each page", core::CheckOutcome::failed, "", {}, {}},
      {"cmd:b", "a fault at each page", core::CheckOutcome::failed, "", {}, {"b.py", 7}}};
  from.chaos.front().check = 2;
  from.findings[0].check = 2;
  from.findings.push_back(from.findings[0]);  // of the first target, whose matrix is not kept
  from.findings.back().check = 1;
  const auto cases = reporters::cases_of(from);
  REQUIRE(cases.size() == 6);
  CHECK(cases[0].name == "a fault at each page: RES-01 a-slug in orders");
  CHECK(cases[1].target == "cmd:b");
  CHECK(cases[1].source.line == 7);
  CHECK(count(from, CaseState::broken) == 0);
}

TEST_CASE("chaos in JUnit, TAP and Markdown") {
  const core::Report from = disturbed();
  const std::string junit = ::made("junit", from);
  CHECK(junit.find(R"(<testcase classname="cmd:x.chaos.lost" name="chaos: lost at page 1")") !=
        std::string::npos);
  CHECK(junit.find(R"(name="chaos.lost" value="-∞")") != std::string::npos);
  CHECK(junit.find(R"(tests="6" failures="2" errors="0" skipped="1")") != std::string::npos);
  const std::string tap = ::made("tap", from);
  CHECK(tap.find("not ok 2 - chaos: lost at page 1\n") != std::string::npos);
  CHECK(tap.find("  fault: \"lost\"\n  page: 1\n") != std::string::npos);
  CHECK(tap.find("ok 5 - chaos: cold at page 2 # SKIP not ours to end\n") != std::string::npos);
  const std::string markdown = ::made("markdown", from);
  CHECK(markdown.find("| fault | page 1 | page 2 | whole sync |\n|---|:-:|:-:|:-:|\n"
                      "| **lost** the response is lost | `-` | `∞` |  |\n"
                      "| **cold** a fresh process | = | · |  |\n"
                      "| **resync** everything again |  |  | = |\n") != std::string::npos);
  CHECK(markdown.find("- `-` lost at page 1: 2 rows lost: t id=1: lost; t id=2: lost\n") !=
        std::string::npos);
}

TEST_CASE("chaos: annotations and issues name each page and fault") {
  const core::Report from = disturbed();
  CHECK(::made("github", from).find("disturbed syncs that differ: lost at page 1, 2\n") !=
        std::string::npos);
  CHECK(::made("gitlab", from).find("; disturbed syncs that differ: lost at page 1, 2\"") !=
        std::string::npos);
  const std::string sarif = ::made("sarif", from);
  CHECK(sarif.find("disturbed syncs that differ: lost at page 1, 2") != std::string::npos);
  CHECK(sarif.find(R"("pages_in_sync": 2)") != std::string::npos);
}

TEST_CASE("chaos: many pages stand in several tables, very many are counted") {
  core::Report from = disturbed();
  from.chaos.front().pages.clear();
  from.chaos.front().cells.clear();
  for (int page = 1; page <= 230; ++page) {
    from.chaos.front().pages.push_back(page);
    from.chaos.front().cells.push_back(
        {.fault = "lost", .page = page, .verdict = core::ChaosVerdict::lost, .lost = 1});
  }
  const std::string markdown = ::made("markdown", from);
  CHECK(lines_with(markdown, "| fault |") == 8);
  CHECK(markdown.find("\n30 more pages\n") != std::string::npos);
  CHECK(lines_with(markdown, "- `-` lost") == 50);
  CHECK(markdown.find("- 180 more\n") != std::string::npos);
}
