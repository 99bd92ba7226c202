// SPDX-License-Identifier: Apache-2.0
#include "reporters/junit_report.hpp"

#include "reporters/case_list.hpp"
#include "reporters/chaos_cases.hpp"
#include "reporters/finding_text.hpp"
#include "reporters/plain_text.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include <fmt/format.h>

namespace reporters {
namespace {

// For character data and for attributes in double quotes.
std::string xml(std::string_view text) {
  std::string out;
  for (const char c : document_text(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string seconds(std::chrono::microseconds duration) {
  return fmt::format("{}.{:06}", duration.count() / 1'000'000, duration.count() % 1'000'000);
}

struct Totals {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  std::chrono::microseconds duration{0};

  void add(const Case& one) {
    ++tests;
    duration += one.duration;
    if (one.state == CaseState::failed) ++failures;
    if (one.state == CaseState::broken) ++errors;
    if (one.state == CaseState::noted || one.state == CaseState::skipped) ++skipped;
  }
  std::string attributes() const {
    return fmt::format(R"(tests="{}" failures="{}" errors="{}" skipped="{}" time="{}")", tests,
                       failures, errors, skipped, seconds(duration));
  }
};

std::string result_of(const Case& one) {
  const std::string message = xml(cut(one_line(one.message), 1000));
  switch (one.state) {
    case CaseState::passed: return "";
    case CaseState::failed:
      return fmt::format("      <failure type=\"{} {}\" message=\"{}\">{}</failure>\n",
                         xml(one.finding->rule), core::name(one.finding->severity), message,
                         xml(body_of(one)));
    case CaseState::broken:
      return fmt::format("      <error type=\"error\" message=\"{}\"/>\n", message);
    case CaseState::noted:
      return fmt::format(
          "      <skipped type=\"{} {}\" message=\"{}\"/>\n      <system-out>{}</system-out>\n",
          xml(one.finding->rule), core::name(one.finding->severity), message, xml(body_of(one)));
    case CaseState::skipped: return fmt::format("      <skipped message=\"{}\"/>\n", message);
  }
  return "";
}

// A class a fault, which Jenkins folds up under the target.
std::string class_of(const Case& one) {
  return one.cell == nullptr ? one.target : fmt::format("{}.chaos.{}", one.target, one.cell->fault);
}

void write_case(std::string& out, const Case& one) {
  out += fmt::format(R"(    <testcase classname="{}" name="{}" time="{}")",
                     xml(one_line(class_of(one))), xml(one_line(one.name)), seconds(one.duration));
  if (!one.source.file.empty())
    out += fmt::format(R"( file="{}" line="{}")", xml(one_line(one.source.file)), one.source.line);
  const std::string result = result_of(one);
  out += result.empty() ? "/>\n" : ">\n" + result + "    </testcase>\n";
}

std::string chaos_properties(const core::ChaosMatrix& matrix) {
  std::string out;
  const auto add = [&out](std::string_view name, const std::string& value) {
    out += fmt::format("      <property name=\"chaos.{}\" value=\"{}\"/>\n", name, xml(value));
  };
  for (const core::ChaosFault& fault : matrix.faults) add(fault.name, signs_of(fault, matrix));
  add("calls", std::to_string(matrix.calls));
  add("seed", std::to_string(matrix.seed));
  add("complete", matrix.complete ? "true" : "false");
  return out;
}

}  // namespace

std::string junit_report(const core::Report& report) {
  const std::vector<Case> cases = cases_of(report);
  std::vector<std::string> targets;
  std::map<std::string, Totals> totals;
  Totals all;
  for (const Case& one : cases) {
    if (std::ranges::find(targets, one.target) == targets.end()) targets.push_back(one.target);
    totals[one.target].add(one);
    all.add(one);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites name=\"fivetran-sim {}\" {}>\n", xml(report.command),
                     all.attributes());
  for (const std::string& target : targets) {
    out += fmt::format("  <testsuite name=\"{}\" {}>\n    <properties>\n", xml(one_line(target)),
                       totals[target].attributes());
    out += fmt::format("      <property name=\"exit_code\" value=\"{}\"/>\n",
                       static_cast<int>(report.exit_code));
    out += fmt::format("      <property name=\"findings\" value=\"{}\"/>\n",
                       findings_summary(report.findings));
    out += fmt::format("      <property name=\"strict\" value=\"{}\"/>\n", report.strict);
    for (const core::ChaosMatrix& matrix : report.chaos)
      if (target_of(matrix, report) == target) out += chaos_properties(matrix);
    out += "    </properties>\n";
    for (const Case& one : cases)
      if (one.target == target) write_case(out, one);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace reporters
