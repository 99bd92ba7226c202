// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/run_store.hpp"
#include "reporters/cells.hpp"
#include "reporters/finding_text.hpp"
#include "reporters/json_writer.hpp"
#include "reporters/text_table.hpp"

#include <iostream>

#include <fmt/format.h>

namespace cli {
namespace {

std::uint64_t calls_of(const core::Report& report) {
  std::uint64_t calls = 0;
  for (const core::SyncReport& sync : report.syncs) calls += sync.call_count;
  return calls;
}

void print_json(const std::vector<std::pair<StoredRun, core::Report>>& runs) {
  reporters::JsonWriter json(true);
  json.begin_array();
  for (const auto& [run, report] : runs) {
    json.begin_object().member("id", run.id).member("command", report.command);
    json.member("target", report.target).member("outcome", core::name(report.outcome));
    json.member("exit_code", static_cast<int>(report.exit_code)).member("calls", calls_of(report));
    json.member("findings", reporters::findings_summary(report.findings));
    json.member("folder", run.folder).end_object();
  }
  json.end_array();
  std::cout << json.take() << '\n' << std::flush;
}

void print_table(const std::vector<std::pair<StoredRun, core::Report>>& runs,
                 const Arguments& args) {
  reporters::TextTable table({"run", "command", "target", ">calls", ">exit", "findings"});
  for (const auto& [run, report] : runs)
    table.add({run.id, report.command, reporters::cell_text(report.target, 60),
               base::human_count(calls_of(report)),
               std::to_string(static_cast<int>(report.exit_code)),
               reporters::findings_summary(report.findings)});
  std::cout << table.text(0, stdout_style(args).width) << std::flush;
}

// The events of a run that is over, for reporters that tell as it goes.
void tell_again(const core::Report& report, core::Reporter& reporter) {
  reporter.on_event(core::RunStarted{report.command, report.target, report.destination, "kept"});
  std::string state = "{}";
  for (const core::SyncReport& sync : report.syncs) {
    reporter.on_event(core::SyncStarted{sync.sync, sync.sync_id, sync.kind,
                                        sync.kind == "historical" ? "{}" : state});
    for (const core::CallReport& call : sync.calls)
      reporter.on_event(core::CallFinished{sync.sync, call});
    reporter.on_event(core::SyncFinished{sync});
    if (sync.kind != "setup test") state = sync.state;
  }
  for (const core::Finding& finding : report.findings)
    reporter.on_event(core::FindingRaised{finding});
}

}  // namespace

base::Result<core::ExitCode> runs_command(const Arguments& args) {
  std::vector<std::pair<StoredRun, core::Report>> runs;
  for (const StoredRun& run : stored_runs(args)) {
    auto report = read_run(run);
    if (report)
      runs.emplace_back(run, std::move(*report));
    else
      std::cerr << "fivetran-sim: " << base::visible(report.error().message) << '\n';
  }
  if (args.format == "json") {
    print_json(runs);
  } else if (runs.empty()) {
    std::cout << "no run is kept here: `run` and `test` leave one\n" << std::flush;
  } else {
    print_table(runs, args);
  }
  return core::ExitCode::ok;
}

base::Result<core::ExitCode> report_command(const Arguments& args) {
  FSIM_ASSIGN(const StoredRun run, find_run(args, args.topic));
  FSIM_ASSIGN(const core::Report report, read_run(run));
  FSIM_ASSIGN(const auto output, Output::open(args));
  tell_again(report, output->reporter());
  FSIM_TRY(output->finish(report));
  return core::ExitCode::ok;
}

}  // namespace cli
