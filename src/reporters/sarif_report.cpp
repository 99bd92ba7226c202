// SPDX-License-Identifier: Apache-2.0
#include "reporters/sarif_report.hpp"

#include "reporters/case_list.hpp"
#include "reporters/chaos_cases.hpp"
#include "reporters/chaos_json.hpp"
#include "reporters/forecast_text.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/plain_text.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include <fmt/format.h>

namespace reporters {
namespace {

constexpr std::size_t kMostResults = 25'000;  // that GitHub takes

std::string_view level(core::Severity severity) {
  switch (severity) {
    case core::Severity::off: return "none";
    case core::Severity::info: return "note";
    case core::Severity::warning: return "warning";
    case core::Severity::error: return "error";
  }
  return "none";
}

// A relative URI reference: what is not unreserved is percent-encoded.
std::string uri(const std::string& path) {
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 ||
                                       std::string_view("-._~/").find(c) != std::string_view::npos);
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key).begin_object().member("text", document_text(text)).end_object();
}

class Writer {
 public:
  Writer(const core::Report& report, const FormatContext& context)
      : report_(report), context_(context) {
    for (const core::Finding& finding : report.findings)
      if (std::ranges::find(rules_, finding.rule) == rules_.end()) rules_.push_back(finding.rule);
  }

  std::string make() {
    json_.begin_object();
    json_.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_.member("version", "2.1.0").key("runs").begin_array().begin_object();
    write_tool();
    write_invocation();
    json_.key("automationDetails").begin_object();
    json_.member("id", "fivetran-sim/" + document_text(report_.target) + "/").end_object();
    json_.member("columnKind", "unicodeCodePoints").key("results").begin_array();
    const std::size_t shown = std::min(report_.findings.size(), kMostResults);
    for (std::size_t i = 0; i < shown; ++i) write_result(report_.findings[i]);
    json_.end_array();
    write_properties();
    json_.end_object().end_array().end_object();
    return json_.take() + "\n";
  }

 private:
  // What was tried beside the findings, as the JSON report has it.
  void write_properties() {
    if (report_.chaos.empty() && !report_.forecast) return;
    json_.key("properties").begin_object();
    if (!report_.chaos.empty()) {
      json_.key("chaos");
      write_chaos(json_, report_.chaos);
    }
    if (report_.forecast) {
      json_.key("forecast");
      write_forecast(json_, *report_.forecast);
    }
    json_.end_object();
  }

  void write_tool() {
    json_.key("tool").begin_object().key("driver").begin_object();
    json_.member("name", "fivetran-sim").member("version", context_.version);
    json_.key("rules").begin_array();
    for (const std::string& id : rules_) write_rule(id);
    json_.end_array().end_object().end_object();
  }

  void write_rule(const std::string& id) {
    json_.begin_object().member("id", id);
    const auto known = std::ranges::find(context_.rules, id, &core::RuleInfo::id);
    if (known != context_.rules.end()) {
      json_.member("name", known->slug);
      write_text(json_, "shortDescription", known->brief);
      write_text(json_, "fullDescription", known->detail);
      write_text(
          json_, "help",
          fmt::format("{}\n\nfix: {}\nsource: {}", known->detail, known->fix, known->source));
      const core::Severity usual = report_.strict ? known->strict : known->fidelity;
      json_.key("defaultConfiguration").begin_object();
      json_.member("level", level(usual)).end_object();
    }
    json_.end_object();
  }

  void write_invocation() {
    using core::ExitCode;
    const ExitCode code = report_.exit_code;
    json_.key("invocations").begin_array().begin_object();
    json_.member("executionSuccessful", code == ExitCode::ok || code == ExitCode::findings);
    json_.member("exitCode", static_cast<int>(code));
    json_.key("toolExecutionNotifications").begin_array();
    for (const Case& one : cases_of(report_)) {
      if (one.state != CaseState::broken) continue;
      json_.begin_object().member("level", "error");
      write_text(json_, "message", fmt::format("{}: {}", one.name, one.message));
      json_.end_object();
    }
    json_.end_array().end_object().end_array();
  }

  void write_location(const core::Finding& finding) {
    const core::Source& source = source_of(finding, report_);
    const std::string file = source.file.empty() ? "fivetran-sim.toml" : source.file;
    json_.key("locations").begin_array().begin_object();
    json_.key("physicalLocation").begin_object().key("artifactLocation").begin_object();
    json_.member("uri", uri(file)).end_object().key("region").begin_object();
    json_.member("startLine", source.line).end_object().end_object();
    const std::string place = finding.pointer.empty() ? finding.table : finding.pointer;
    if (!place.empty()) {
      json_.key("logicalLocations").begin_array().begin_object();
      json_.member("fullyQualifiedName", document_text(place)).end_object().end_array();
    }
    json_.end_object().end_array();
  }

  // In the words of SARIF: what a waiver or a baseline makes of it.
  void write_pardon(const core::Finding& finding) {
    if (report_.baseline)
      json_.member("baselineState", finding.pardon == core::Pardon::known ? "unchanged" : "new");
    if (finding.pardon == core::Pardon::none) return;
    json_.key("suppressions").begin_array().begin_object().member("kind", "external");
    json_.member("justification", document_text(pardon_of(finding)));
    json_.end_object().end_array();
  }

  void write_result(const core::Finding& finding) {
    json_.begin_object().member("ruleId", finding.rule);
    json_.member("ruleIndex", std::ranges::find(rules_, finding.rule) - rules_.begin());
    json_.member("level", level(finding.severity));
    std::string text = finding.message;
    for (const std::string& line : finding.evidence) text += "\n" + cut(line, 1000);
    if (const std::string faults = disturbances_of(finding, report_); !faults.empty())
      text += "\ndisturbed syncs that differ: " + cut(faults, 1000);
    if (!finding.fix.empty()) text += "\nfix: " + finding.fix;
    write_text(json_, "message", text);
    write_location(finding);
    json_.member("occurrenceCount", std::max<std::uint64_t>(finding.count, 1));
    json_.key("partialFingerprints").begin_object();
    json_.member("fivetranSim/v1", fingerprint_of(finding)).end_object();
    write_pardon(finding);
    write_cells(finding);
    json_.end_object();
  }

  void write_cells(const core::Finding& finding) {
    const auto cells = cells_of(finding, report_);
    if (cells.empty()) return;
    json_.key("properties").begin_object().key("cells").begin_array();
    for (const core::ChaosCell* cell : cells) write_cell(json_, *cell);
    json_.end_array().end_object();
  }

  const core::Report& report_;
  const FormatContext& context_;
  JsonWriter json_{true};
  std::vector<std::string> rules_;
};

}  // namespace

std::string sarif_report(const core::Report& report, const FormatContext& context) {
  return Writer(report, context).make();
}

}  // namespace reporters
