// SPDX-License-Identifier: Apache-2.0
#include "reporters/html_report.hpp"

#include "base/digest.hpp"
#include "protocol/redactor.hpp"
#include "reporters/html_anchors.hpp"
#include "reporters/html_parts.hpp"
#include "reporters/html_text.hpp"
#include "reporters/redacting_reporter.hpp"

#include <doctest/doctest.h>

namespace {

const std::string kBreak = "\"'><script>x()</script><!--</style></code>&amp;";

std::size_t times(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

core::CallReport a_call(int number) {
  core::CallReport call;
  call.call = number;
  call.accepted = call.has_more = true;
  call.response_bytes = 1'000;
  call.duration = std::chrono::milliseconds(20);
  call.rows = {{"orders", 3, 1}};
  call.state_before = "{\"n\":" + std::to_string(number - 1) + "}";
  call.state_after = "{\"n\":" + std::to_string(number) + "}";
  return call;
}

core::SyncReport a_sync(int calls) {
  core::SyncReport sync;
  sync.sync = 1;
  sync.kind = "historical";
  for (int i = 1; i <= calls; ++i) sync.calls.push_back(a_call(i));
  sync.call_count = static_cast<std::uint64_t>(calls);
  sync.totals = {{"orders", 3, 1}};
  sync.state = "{}";
  return sync;
}

core::Finding a_finding() {
  core::Finding finding;
  finding.rule = "ROW-04";
  finding.slug = "duplicate-key-in-response";
  finding.sync = 1;
  finding.call = 2;
  finding.table = "orders";
  finding.message = "two rows of `orders`";
  return finding;
}

core::Report a_report(int calls) {
  core::Report report;
  report.command = "run";
  report.syncs = {a_sync(calls)};
  report.findings = {a_finding()};
  return report;
}

}  // namespace

TEST_CASE("what HTML could take for markup is escaped") {
  CHECK(reporters::html_text("<b a=\"1\" c='2'>&amp;") ==
        "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
  CHECK(reporters::html_text("\x1b[31m\u202e") == "&lt;U+001B&gt;[31m&lt;U+202E&gt;");
  CHECK(reporters::html_text("a\xff") == "a\xEF\xBF\xBD");
  CHECK(reporters::html_cut("<" + std::string(50, 'a') + ">", 9) == "&lt;aaaa…aa&gt;");
}

TEST_CASE("backticks mark code and are escaped inside") {
  CHECK(reporters::html_sentence("a `<b>` c") == "a <code>&lt;b&gt;</code> c");
  CHECK(reporters::html_sentence("a ` c") == "a ` c");
}

TEST_CASE("short times are told in milliseconds") {
  using std::chrono::microseconds;
  CHECK(reporters::html_time(microseconds(3'210)) == "3.2 ms");
  CHECK(reporters::html_time(microseconds(420'300)) == "420 ms");
  CHECK(reporters::html_time(microseconds(1'420'000)) == "1.42s");
}

TEST_CASE("the policy of the page knows the script and the style by their digests") {
  const std::string page = reporters::html_report(a_report(2), "1.2.3");
  const std::string policy =
      between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
  for (const std::string element : {"style", "script"}) {
    REQUIRE(times(page, "<" + element + ">") == 1);
    const std::string content = between(page, "<" + element + ">", "</" + element + ">");
    CHECK(content.size() > 100);
    CHECK(has(policy, element + "-src 'sha256-" + base::to_base64(base::sha256(content)) + "'"));
  }
  CHECK(has(policy, "default-src 'none'"));
  CHECK(has(page, "fivetran-sim 1.2.3"));
}

TEST_CASE("no text of a connector becomes markup, wherever it stands") {
  core::Report report = a_report(2);
  report.command = report.target = report.destination = report.error = kBreak;
  core::SyncReport& sync = report.syncs[0];
  sync.kind = sync.sync_id = sync.state = sync.stopped_by = kBreak;
  sync.totals[0].table = sync.calls[0].rows[0].table = kBreak;
  sync.calls[0].state_before = sync.calls[0].state_after = kBreak;
  sync.calls[1].accepted = false;
  sync.calls[1].error = kBreak;
  sync.widened = {{kBreak, kBreak, core::ColumnType::integer, core::ColumnType::string, 1, kBreak}};
  core::Finding& finding = report.findings[0];
  for (std::string* text :
       {&finding.rule, &finding.slug, &finding.table, &finding.pointer, &finding.message,
        &finding.background, &finding.fix, &finding.reproduce, &finding.pardon_reason})
    *text = kBreak;
  finding.pardon = core::Pardon::waived;
  finding.evidence = {kBreak};
  report.findings.push_back(finding);
  report.findings[1].collisions = {
      {1, kBreak, kBreak, kBreak, {{kBreak, kBreak, kBreak, true}}, 2}};
  report.tables = {{kBreak, kBreak + "2", {kBreak}, {{kBreak, kBreak + "2"}}, 1}};
  report.samples = {{kBreak, {kBreak}, {{kBreak}, {std::nullopt}}}};
  report.chaos.emplace_back();
  report.chaos.front().pages = {1};
  report.chaos.front().faults = {{kBreak, kBreak}};
  report.chaos.front().cells = {{kBreak, 1, core::ChaosVerdict::lost, 0, 1, 0, kBreak, {kBreak}}};
  report.chaos.front().volatile_columns = report.chaos.front().unjudged = {kBreak};
  report.waivers = {{kBreak, kBreak, kBreak, kBreak, kBreak, kBreak}};
  report.baseline = core::BaselineUse{kBreak, false, 1, {{kBreak, kBreak, kBreak, kBreak}}, {}};
  const std::string page = reporters::html_report(report, kBreak);
  CHECK(times(page, "<script") == 1);
  CHECK(times(page, "</script>") == 1);
  CHECK(times(page, "</style>") == 1);
  CHECK(times(page, "<!--") == 0);
  CHECK(times(page, "\"'>") == 0);
  CHECK(times(page, "&lt;script&gt;") > 30);
}

TEST_CASE("a finding leads to its call, and the call back to it") {
  const std::string page = reporters::html_report(a_report(3), "1");
  CHECK(has(page, "<a href=\"#s1c2\">sync 1 call 2</a>"));
  CHECK(has(page, "<tr id=\"s1c2\">"));
  CHECK(has(page, "<a href=\"#f1\">ROW-04</a>"));
  CHECK(has(page, "id=\"f1\""));
}

TEST_CASE("where two syncs have one number, no call is guessed") {
  core::Report report = a_report(3);
  report.syncs.push_back(report.syncs[0]);
  CHECK(reporters::HtmlAnchors(report).call_of(report.findings[0]).empty());
}

TEST_CASE("the title calls nothing a success that fails the run") {
  core::Report report = a_report(1);
  CHECK(has(reporters::html_report(report, "1"), "<h1>Run succeeded: 1 warning</h1>"));
  report.exit_code = core::ExitCode::findings;
  CHECK(has(reporters::html_report(report, "1"), "<h1>Run: 1 warning</h1>"));
  report.outcome = core::Outcome::failed;
  CHECK(has(reporters::html_report(report, "1"), "<h1>Run failed: 1 warning</h1>"));
}

TEST_CASE("what the user ended is no failure") {
  core::Report report = a_report(1);
  report.outcome = core::Outcome::stopped;
  for (const auto code : {core::ExitCode::user_limit, core::ExitCode::interrupted}) {
    report.exit_code = code;
    CHECK(has(reporters::html_report(report, "1"), "class=\"outcome stopped\""));
  }
  report.exit_code = core::ExitCode::findings;
  CHECK(has(reporters::html_report(report, "1"), "class=\"outcome failed\""));
}

TEST_CASE("what counts comes first, of that the worst; what is pardoned last and folded up") {
  core::Report report = a_report(1);
  report.findings.assign(4, a_finding());
  report.findings[0].rule = "AAA-01";
  report.findings[0].severity = core::Severity::error;
  report.findings[0].pardon = core::Pardon::known;
  report.findings[1].rule = "BBB-01";
  report.findings[1].severity = core::Severity::info;
  report.findings[2].rule = "CCC-01";
  report.findings[3].rule = "DDD-01";
  report.findings[3].severity = core::Severity::error;
  const std::string section = reporters::html_findings(report, reporters::HtmlAnchors(report));
  CHECK(section.find("DDD-01") < section.find("CCC-01"));
  CHECK(section.find("CCC-01") < section.find("BBB-01"));
  CHECK(section.find("BBB-01") < section.find("AAA-01"));
  CHECK(times(section, "<details open>") == 2);
}

TEST_CASE("the limit is drawn where the responses come near it, else only said") {
  core::SyncReport sync = a_sync(3);
  const std::string far = reporters::html_timeline(sync, 1'000'000);
  CHECK(has(far, "under 1 % of the limit of 1.0 MB"));
  CHECK(times(far, "<line ") == 0);
  sync.calls[1].response_bytes = 900'000;
  const std::string near = reporters::html_timeline(sync, 1'000'000);
  CHECK(has(near, "at most 900.0 kB (call 2), 90 % of the limit of 1.0 MB"));
  CHECK(times(near, "<line ") == 1);
  CHECK(times(reporters::html_timeline(sync, 0), "limit") == 0);
}

TEST_CASE("a long sync has few bars, which keep the highest call and the failed one") {
  core::SyncReport sync = a_sync(10'000);
  sync.calls[7'776].response_bytes = 5'000;
  sync.calls[7'776].accepted = false;
  const std::string strips = reporters::html_timeline(sync, 0);
  CHECK(times(strips, "<rect") == 600);
  CHECK(times(strips, "<rect class=\"bad\"") == 3);
  CHECK(has(strips, "at most 5.0 kB (within calls 7751 to 7800)"));
}

TEST_CASE("of a sync that is too long for a page the middle is left out, and the page says so") {
  const core::Report report = a_report(12'000);
  const std::string section = reporters::html_syncs(report, reporters::HtmlAnchors(report));
  CHECK(times(section, "<tr id=") == 10'000);
  CHECK(has(section, "id=\"s1c9500\""));
  CHECK_FALSE(has(section, "id=\"s1c9501\""));
  CHECK(has(section, "id=\"s1c12000\""));
  CHECK(has(section, "12,000 calls in all"));
}

TEST_CASE("the chaos matrix has a cell for each page, or one for all of them") {
  core::Report report = a_report(1);
  report.chaos.emplace_back();
  report.chaos.front().pages_in_sync = 2;
  report.chaos.front().pages = {1, 2};
  report.chaos.front().faults = {{"lost", "the response is lost"}, {"resync", "all again"}};
  report.chaos.front().cells = {
      {"lost", 1, core::ChaosVerdict::same},
      {"lost", 2, core::ChaosVerdict::lost, 0, 37, 0, "", {"orders id=7: lost"}},
      {"resync", 0, core::ChaosVerdict::same}};
  const std::string section = reporters::html_chaos(report);
  CHECK(times(section, "<td") == 3);
  CHECK(times(section, "<td colspan=\"2\">") == 1);
  CHECK(has(section, "aria-label=\"lost, 37 rows lost\">-</span>"));
  CHECK(has(section, "<summary>lost, page 2: lost, 37 rows lost</summary><pre>orders id=7: lost"));
  report.chaos.clear();
  CHECK(reporters::html_chaos(report).empty());
}

TEST_CASE("secrets are taken out of the sample rows, before they are cut") {
  core::Report report = a_report(1);
  report.tables = {{"orders", "orders", {}, {{"id", "id"}}, 1}};
  const std::string secret = "a-secret-that-is-long-enough";
  const std::string cut_within = std::string(30, 'x') + secret + std::string(40, 'y');
  report.samples = {{"orders", {"id"}, {{cut_within}, {secret}}}};
  const protocol::Redactor redactor(R"({"token":")" + secret + "\"}");
  const std::string page = reporters::html_report(reporters::redacted(report, redactor), "1");
  CHECK_FALSE(has(page, secret.substr(0, 12)));
  CHECK(has(page, "&lt;secret:token&gt;"));
}
