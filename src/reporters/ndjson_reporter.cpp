// SPDX-License-Identifier: Apache-2.0
#include "reporters/ndjson_reporter.hpp"

#include "reporters/chaos_json.hpp"
#include "reporters/json_report.hpp"

#include <ostream>

namespace reporters {
namespace {

struct Write {
  JsonWriter& json;

  JsonWriter& event(std::string_view name) const { return json.member("event", name); }

  void operator()(const core::RunStarted& e) const {
    event("run.start").member("command", e.command).member("target", e.target);
    json.member("destination", e.destination).member("platform", e.platform);
  }
  void operator()(const core::SyncStarted& e) const {
    event("sync.start").member("sync", e.sync).member("sync_id", e.sync_id).member("kind", e.kind);
    if (!e.state.empty()) json.key("state").json(e.state);
  }
  void operator()(const core::CallStarted& e) const {
    event("call.start").member("sync", e.sync).member("call", e.call);
  }
  void operator()(const core::LogLine& e) const { event("log").member("text", e.text); }
  void operator()(const core::Notice& e) const { event("notice").member("text", e.text); }
  void operator()(const core::CallFinished& e) const {
    event("call.end").member("sync", e.sync).key("call");
    write_call(json, e.call);
  }
  void operator()(const core::FindingRaised& e) const {
    event("finding").key("finding");
    write_finding(json, e.finding);
  }
  void operator()(const core::CellFinished& e) const {
    event("chaos.cell").key("cell");
    write_cell(json, e.cell);
  }
  void operator()(const core::SyncFinished& e) const {
    event("sync.end").key("sync");
    write_sync(json, e.sync, false);
  }
  void operator()(const core::RunFinished& e) const {
    event("run.end").member("outcome", core::name(e.report->outcome));
    json.member("exit_code", static_cast<int>(e.report->exit_code));
    if (!e.report->error.empty()) json.member("error", e.report->error);
    json.key("findings").begin_array();
    for (const core::Finding& finding : e.report->findings) write_finding(json, finding);
    json.end_array();
    write_workflow_parts(json, *e.report);
  }
};

}  // namespace

void NdjsonReporter::on_event(const core::Event& event) {
  JsonWriter json(false);
  json.begin_object();
  std::visit(Write{json}, event);
  json.end_object();
  out_ << json.take() << '\n' << std::flush;
}

}  // namespace reporters
